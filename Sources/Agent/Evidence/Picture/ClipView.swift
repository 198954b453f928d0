// SPDX-License-Identifier: Apache-2.0

import Camera

/// A window on a plane of samples, enlarged without interpolation, and where it stands on the canvas.
struct ClipView {
    /// Pixels of the canvas that the window covers.
    let area: CanvasArea

    private let window: CanvasArea
    private let enlargement: Double

    /// The window of `side` × `side` pixels around a place, moved into the plane, in the middle of a square panel.
    init(around place: (x: Double, y: Double), side: Int, planeWidth: Int, planeHeight: Int, panel: CanvasArea) {
        let width = min(side, planeWidth)
        let height = min(side, planeHeight)
        self.init(
            window: CanvasArea(
                column: ClipView.start(around: place.x, count: width, size: planeWidth),
                row: ClipView.start(around: place.y, count: height, size: planeHeight), width: width, height: height),
            panel: panel)
    }

    /// A window as large as the panel allows, in its middle.
    init(window: CanvasArea, panel: CanvasArea) {
        self.window = window
        let fitting = min(Double(panel.width) / Double(window.width), Double(panel.height) / Double(window.height))
        // From three times on, equal pixels look better than a full panel.
        enlargement = fitting < 3 ? fitting : fitting.rounded(.down)
        let width = Int((Double(window.width) * enlargement).rounded()).clamped(to: 1...panel.width)
        let height = Int((Double(window.height) * enlargement).rounded()).clamped(to: 1...panel.height)
        area = CanvasArea(
            column: panel.column + (panel.width - width) / 2, row: panel.row + (panel.height - height) / 2,
            width: width, height: height)
    }

    /// Where a place of the plane stands on the canvas.
    func position(x: Double, y: Double) -> (x: Int, y: Int) {
        let column = ((x - Double(window.column) + 0.5) * enlargement).clamped(to: -1e6...1e6)
        let row = ((y - Double(window.row) + 0.5) * enlargement).clamped(to: -1e6...1e6)
        return (area.column + Int(column.rounded(.down)), area.row + Int(row.rounded(.down)))
    }

    /// Pixels of the canvas for a distance in the plane.
    func length(_ pixels: Double) -> Int { Int((pixels * enlargement).rounded().clamped(to: 0...1e6)) }

    /// Draws the samples of the window.
    func draw(on canvas: inout Canvas, _ color: (_ column: Int, _ row: Int) -> RGBColor) {
        for y in 0..<area.height {
            for x in 0..<area.width {
                let column = min(Int(Double(x) / enlargement), window.width - 1)
                let row = min(Int(Double(y) / enlargement), window.height - 1)
                canvas.dot(area.column + x, area.row + y, color(window.column + column, window.row + row))
            }
        }
    }

    private static func start(around center: Double, count: Int, size: Int) -> Int {
        let middle = center.isFinite ? Int(center.rounded().clamped(to: 0...Double(size))) : size / 2
        return (middle - count / 2).clamped(to: 0...(size - count))
    }
}
