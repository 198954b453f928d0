// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// The brightest value of every pixel over the frames of a moving event, with its track drawn over.
struct MaximumImage {
    private let event: DetectedEvent
    private let clip: FrameClip
    private let stretch: IntensityStretch
    /// Pixels of the clip along the side of one that is drawn: above 1 where the clip is larger than the panel.
    private let reduction: Int
    private let width: Int
    private let height: Int
    private let maxima: [Double]

    init(event: DetectedEvent, clip: FrameClip, stretch: IntensityStretch, fitting panel: CanvasArea) {
        self.event = event
        self.clip = clip
        self.stretch = stretch
        let factor = max((clip.width - 1) / panel.width, (clip.height - 1) / panel.height) + 1
        let (columns, rows) = (max(clip.width / factor, 1), max(clip.height / factor, 1))
        var maxima = Array(repeating: 0.0, count: columns * rows)
        for frame in clip.frames where frame.index >= event.frameFirst && frame.index <= event.frameLast {
            for row in 0..<min(rows * factor, clip.height) {
                for column in 0..<min(columns * factor, clip.width) {
                    let position = row / factor * columns + column / factor
                    maxima[position] = max(maxima[position], clip.brightness(of: frame, column, row))
                }
            }
        }
        (reduction, width, height) = (factor, columns, rows)
        self.maxima = maxima
    }

    /// Draws the image in the middle of the panel.
    func draw(on canvas: inout Canvas, in panel: CanvasArea) {
        let view = ClipView(window: CanvasArea(column: 0, row: 0, width: width, height: height), panel: panel)
        view.draw(on: &canvas) { column, row in stretch.color(of: maxima[row * width + column]) }
        let places = event.track.map { point in
            let place = clip.position(x: point.x, y: point.y)
            let side = Double(reduction)
            return view.position(x: (place.x + 0.5) / side - 0.5, y: (place.y + 0.5) / side - 0.5)
        }
        // The track runs beside the light it follows, so that both can be seen.
        let offset = MaximumImage.sideways(of: places, by: 14)
        let beside = places.map { (x: $0.x + offset.x, y: $0.y + offset.y) }
        for (start, end) in zip(beside, beside.dropFirst()) {
            canvas.line(from: start, to: end, within: view.area, Palette.event)
        }
        for (point, place) in zip(event.track, beside) {
            let isPeak = point.frame == event.framePeak
            canvas.disk(x: place.x, y: place.y, radius: isPeak ? 6 : 3, isPeak ? Palette.peak : Palette.event)
        }
    }

    /// A step of a length at right angles to a track.
    private static func sideways(of places: [(x: Int, y: Int)], by length: Double) -> (x: Int, y: Int) {
        guard let first = places.first, let last = places.last else { return (0, 0) }
        let (dx, dy) = (Double(last.x - first.x), Double(last.y - first.y))
        let distance = (dx * dx + dy * dy).squareRoot()
        guard distance > 0 else { return (0, 0) }
        return (Int((dy / distance * length).rounded()), Int((-dx / distance * length).rounded()))
    }
}
