// SPDX-License-Identifier: Apache-2.0

/// Points that belong together in a plot.
struct PlotSeries {
    /// How the points are drawn.
    enum Style {
        case line, dashed, points
    }

    /// A point in the units of the axes.
    struct Point {
        let x: Double
        let y: Double
        /// Range that the error covers; nil for none.
        var range: ClosedRange<Double>?
    }

    /// Words of the legend.
    let name: String
    /// How the points are drawn.
    let style: Style
    /// True for what the others are held against: drawn in the colour of the text.
    var isReference = false
    /// The points, from left to right for lines.
    let points: [Point]
}
