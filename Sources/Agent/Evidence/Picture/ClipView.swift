// SPDX-License-Identifier: Apache-2.0

import Camera

/// A window on a plane of samples, enlarged by a whole number without interpolation, and where it stands on the canvas.
struct ClipView {
    /// Pixels of the canvas that the window covers.
    let area: CanvasArea

    private let window: CanvasArea
    private let enlargement: Int

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
        enlargement = max(1, min(panel.width / window.width, panel.height / window.height))
        let width = min(window.width * enlargement, panel.width)
        let height = min(window.height * enlargement, panel.height)
        area = CanvasArea(
            column: panel.column + (panel.width - width) / 2, row: panel.row + (panel.height - height) / 2,
            width: width, height: height)
    }

    /// Where a place of the plane stands on the canvas.
    func position(x: Double, y: Double) -> (x: Int, y: Int) {
        let scale = Double(enlargement)
        let column = ((x - Double(window.column) + 0.5) * scale).clamped(to: -1e6...1e6)
        let row = ((y - Double(window.row) + 0.5) * scale).clamped(to: -1e6...1e6)
        return (area.column + Int(column.rounded(.down)), area.row + Int(row.rounded(.down)))
    }

    /// Pixels of the canvas for a distance in the plane.
    func length(_ pixels: Double) -> Int { Int((pixels * Double(enlargement)).rounded().clamped(to: 0...1e6)) }

    /// Draws the samples of the window.
    func draw(on canvas: inout Canvas, _ color: (_ column: Int, _ row: Int) -> RGBColor) {
        for y in 0..<area.height {
            for x in 0..<area.width {
                let pixel = color(window.column + x / enlargement, window.row + y / enlargement)
                canvas.dot(area.column + x, area.row + y, pixel)
            }
        }
    }

    private static func start(around center: Double, count: Int, size: Int) -> Int {
        let middle = center.isFinite ? Int(center.rounded().clamped(to: 0...Double(size))) : size / 2
        return (middle - count / 2).clamped(to: 0...(size - count))
    }
}
