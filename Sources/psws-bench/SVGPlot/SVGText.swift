// SPDX-License-Identifier: Apache-2.0

/// Elements of an SVG document as text.
enum SVGText {
    /// A coordinate to a tenth of a pixel.
    static func number(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e6 else { return "0" }
        return "\((value * 10).rounded() / 10)"
    }

    /// Words at a place.
    static func text(
        _ words: String, x: Double, y: Double, anchor: String = "start", weight: String = "normal", size: Int = 13
    ) -> String {
        "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\" font-weight=\"\(weight)\" "
            + "font-size=\"\(size)\">\(escaped(words))</text>"
    }

    /// A straight line.
    static func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, stroke: String, width: Double = 1, dash: String? = nil
    ) -> String {
        "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" "
            + "stroke=\"\(stroke)\" stroke-width=\"\(number(width))\""
            + (dash.map { " stroke-dasharray=\"\($0)\"" } ?? "") + "/>"
    }

    /// A dot.
    static func circle(_ x: Double, _ y: Double, fill: String) -> String {
        "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"4\" fill=\"\(fill)\"/>"
    }

    private static func escaped(_ words: String) -> String {
        words.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
    }
}
