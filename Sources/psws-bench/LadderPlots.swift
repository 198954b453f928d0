// SPDX-License-Identifier: Apache-2.0

import Propagation

/// Pictures of the solver's tests.
enum LadderPlots {
    /// A picture of a rung.
    static func plot(_ rung: LadderRung) -> SVGPlot {
        let points = rung.curves.flatMap(\.points)
        return SVGPlot(
            title: rung.title,
            x: PlotAxis(
                title: rung.x, range: range(points.map(\.x), isLogarithmic: rung.hasLogarithmicX, margin: 0),
                isLogarithmic: rung.hasLogarithmicX),
            y: PlotAxis(
                title: rung.y, range: range(points.map(\.y), isLogarithmic: rung.hasLogarithmicY, margin: 0.05),
                isLogarithmic: rung.hasLogarithmicY),
            series: rung.curves.map { curve in
                // Many points are a line, a few are errors that were measured.
                let style: PlotSeries.Style = curve.isReference || curve.points.count > 20 ? .line : .points
                return PlotSeries(
                    name: curve.name, style: style, isReference: curve.isReference,
                    points: curve.points.map { PlotSeries.Point(x: $0.x, y: $0.y) })
            })
    }

    private static func range(_ values: [Double], isLogarithmic: Bool, margin: Double) -> ClosedRange<Double> {
        guard let least = values.min(), let greatest = values.max(), least < greatest else { return 0...1 }
        if isLogarithmic { return (least / 1.5)...(greatest * 1.5) }
        let space = margin * (greatest - least)
        return (least - space)...(greatest + space)
    }
}
