// SPDX-License-Identifier: Apache-2.0

/// A picture of some series over two axes, dark on light, as SVG text.
///
/// - Reference: Scalable Vector Graphics (SVG) 1.1, W3C Recommendation.
struct SVGPlot {
    /// Heading above the picture.
    let title: String
    /// The horizontal axis.
    let x: PlotAxis
    /// The vertical axis.
    let y: PlotAxis
    /// What is drawn, the first below the others.
    var series: [PlotSeries] = []

    private static let width = 820.0
    private static let height = 460.0
    /// Edges of the plotted area; the legend stands to the right of it.
    private static let left = 74.0
    private static let right = 560.0
    private static let top = 44.0
    private static let bottom = 400.0

    /// The picture as an SVG document.
    var svg: String {
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Int(SVGPlot.width)) \(Int(SVGPlot.height))\" "
                + "font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">",
            "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
            SVGText.text(title, x: SVGPlot.left, y: 26, weight: "bold", size: 15),
            "<clipPath id=\"area\"><rect x=\"\(SVGText.number(SVGPlot.left))\" y=\"\(SVGText.number(SVGPlot.top))\" "
                + "width=\"\(SVGText.number(SVGPlot.right - SVGPlot.left))\" "
                + "height=\"\(SVGText.number(SVGPlot.bottom - SVGPlot.top))\"/></clipPath>",
        ]
        lines += grid
        lines.append("<g clip-path=\"url(#area)\">")
        for (index, one) in series.enumerated() { lines += draw(one, colour: colour(of: index)) }
        lines.append("</g>")
        lines.append(
            "<rect x=\"\(SVGText.number(SVGPlot.left))\" y=\"\(SVGText.number(SVGPlot.top))\" "
                + "width=\"\(SVGText.number(SVGPlot.right - SVGPlot.left))\" "
                + "height=\"\(SVGText.number(SVGPlot.bottom - SVGPlot.top))\" fill=\"none\" stroke=\"#222\"/>")
        for (index, one) in series.enumerated() { lines += legend(one, index: index) }
        lines.append("</svg>")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Colours that people with any colour vision tell apart (M. Okabe, K. Ito, Color Universal Design, 2008).
    private func colour(of index: Int) -> String {
        let colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#666666"]
        return series[index].isReference ? "#222222" : colours[index % colours.count]
    }

    private func place(_ point: PlotSeries.Point) -> (x: Double, y: Double) { (across(point.x), up(point.y)) }

    private func across(_ value: Double) -> Double {
        SVGPlot.left + x.fraction(value) * (SVGPlot.right - SVGPlot.left)
    }

    private func up(_ value: Double) -> Double {
        SVGPlot.bottom - y.fraction(value) * (SVGPlot.bottom - SVGPlot.top)
    }

    private var grid: [String] {
        var lines: [String] = []
        for tick in x.ticks {
            let place = across(tick)
            lines.append(SVGText.line(place, SVGPlot.top, place, SVGPlot.bottom, stroke: "#ddd"))
            lines.append(SVGText.text(x.label(of: tick), x: place, y: SVGPlot.bottom + 18, anchor: "middle"))
        }
        for tick in y.ticks {
            let place = up(tick)
            lines.append(SVGText.line(SVGPlot.left, place, SVGPlot.right, place, stroke: "#ddd"))
            lines.append(SVGText.text(y.label(of: tick), x: SVGPlot.left - 8, y: place + 4, anchor: "end"))
        }
        let middle = 0.5 * (SVGPlot.left + SVGPlot.right)
        lines.append(SVGText.text(x.title, x: middle, y: SVGPlot.bottom + 42, anchor: "middle"))
        let centre = 0.5 * (SVGPlot.top + SVGPlot.bottom)
        lines.append(
            "<g transform=\"translate(20 \(SVGText.number(centre))) rotate(-90)\">"
                + SVGText.text(y.title, x: 0, y: 0, anchor: "middle") + "</g>")
        return lines
    }

    private func draw(_ one: PlotSeries, colour: String) -> [String] {
        switch one.style {
        case .line, .dashed:
            let path = one.points.map(place).map { "\(SVGText.number($0.x)),\(SVGText.number($0.y))" }
            let dash = one.style == .dashed ? " stroke-dasharray=\"6 4\"" : ""
            return [
                "<polyline points=\"\(path.joined(separator: " "))\" fill=\"none\" stroke=\"\(colour)\" "
                    + "stroke-width=\"2\"\(dash)/>"
            ]
        case .points:
            return one.points.flatMap { point -> [String] in
                let at = place(point)
                var lines: [String] = []
                if let range = point.range {
                    lines.append(SVGText.line(at.x, up(range.lowerBound), at.x, up(range.upperBound), stroke: colour))
                }
                lines.append(SVGText.circle(at.x, at.y, fill: colour))
                return lines
            }
        }
    }

    private func legend(_ one: PlotSeries, index: Int) -> [String] {
        let place = SVGPlot.top + 10 + 22 * Double(index)
        let start = SVGPlot.right + 14
        let mark =
            switch one.style {
            case .line: SVGText.line(start, place, start + 22, place, stroke: colour(of: index), width: 2)
            case .dashed:
                SVGText.line(start, place, start + 22, place, stroke: colour(of: index), width: 2, dash: "6 4")
            case .points: SVGText.circle(start + 11, place, fill: colour(of: index))
            }
        return [mark, SVGText.text(one.name, x: start + 30, y: place + 4)]
    }
}
