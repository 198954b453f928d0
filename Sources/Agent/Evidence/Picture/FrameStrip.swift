// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import UTC

/// The row of frames: before, first, peak, last and after, with the flash between corner marks.
struct FrameStrip {
    static let panelSide = 240
    static let panelCount = 5
    /// Height of the panels with their captions.
    static let height = panelSide + 3 * 22 + 8

    /// Pixels of the clip along the side of a panel.
    private static let windowSide = 48

    private let event: DetectedEvent
    private let clip: FrameClip
    private let lightCurve: LightCurve
    private let stretch: IntensityStretch

    init(event: DetectedEvent, clip: FrameClip, lightCurve: LightCurve, stretch: IntensityStretch) {
        self.event = event
        self.clip = clip
        self.lightCurve = lightCurve
        self.stretch = stretch
    }

    /// Draws the row from the upper left, `gap` pixels between the panels.
    func draw(on canvas: inout Canvas, x: Int, y: Int, gap: Int) {
        for (number, frame) in FrameChoice.frames(of: event, in: clip, count: FrameStrip.panelCount).enumerated() {
            let panel = CanvasArea(
                column: x + number * (FrameStrip.panelSide + gap), row: y, width: FrameStrip.panelSide,
                height: FrameStrip.panelSide)
            draw(frame, on: &canvas, in: panel)
        }
    }

    private func draw(_ frame: Frame, on canvas: inout Canvas, in panel: CanvasArea) {
        let isPeak = frame.index == event.framePeak
        let isInEvent = (event.frameFirst...max(event.frameFirst, event.frameLast)).contains(frame.index)
        let place = clip.position(of: event, at: frame.index)
        let view = ClipView(
            around: place, side: FrameStrip.windowSide, planeWidth: clip.width, planeHeight: clip.height, panel: panel)
        canvas.fill(panel, Palette.panel)
        view.draw(on: &canvas) { column, row in stretch.color(of: clip.brightness(of: frame, column, row)) }
        if isPeak { canvas.outline(panel, Palette.peak) }
        let center = view.position(x: place.x, y: place.y)
        let reach = max(view.length(4 * event.displayedPointSpread / Double(clip.binning)), 24)
        canvas.corners(
            x: center.x, y: center.y, reach: reach, within: view.area,
            isPeak ? Palette.peak : isInEvent ? Palette.event : Palette.axis)

        let middle = panel.column + panel.width / 2
        var line = panel.row + panel.height + 14
        canvas.text(
            Canvas.fitted("\(role(of: frame)) · \(frame.index)", width: panel.width), x: middle, y: line,
            isPeak ? Palette.peak : isInEvent ? Palette.event : Palette.quietText, alignment: .center)
        for caption in [time(of: frame), significance(of: frame)] {
            line += 22
            canvas.text(
                caption, x: middle, y: line, isInEvent ? Palette.text : Palette.quietText, alignment: .center)
        }
    }

    private func role(of frame: Frame) -> String {
        if frame.index < event.frameFirst { return "before" }
        if frame.index > event.frameLast { return "after" }
        if frame.index == event.framePeak { return "peak" }
        if frame.index == event.frameFirst { return "first" }
        return frame.index == event.frameLast ? "last" : "frame"
    }

    private func time(of frame: Frame) -> String {
        guard let time = frame.time else { return "time unknown" }
        return time.middleOfExposure.timeOfDay + " UTC"
    }

    private func significance(of frame: Frame) -> String {
        guard let point = lightCurve.points.first(where: { $0.frame == frame.index }), point.fluxErrorADU > 0 else {
            return "not measured"
        }
        return "S/N " + DecimalText.significance(point.fluxADU / point.fluxErrorADU)
    }
}

extension UTCInstant {
    /// Hours, minutes, seconds and milliseconds, for example `21:14:05.250`.
    var timeOfDay: String { String(iso8601(fractionDigits: 3).dropFirst(11).dropLast()) }
}

extension DetectedEvent {
    /// The width of the point-spread function in pixels, or a usual one where the detector gives none.
    var displayedPointSpread: Double {
        pointSpreadSigmaPixels.isFinite && pointSpreadSigmaPixels > 0
            ? pointSpreadSigmaPixels.clamped(to: 0.5...8) : 1.5
    }
}

extension FrameClip {
    /// Where in the clip an event is, or was last, or will be first, at a frame.
    func position(of event: DetectedEvent, at index: Int) -> (x: Double, y: Double) {
        let point = event.track.last { $0.frame <= index } ?? event.track.first
        return position(x: point?.x ?? event.x, y: point?.y ?? event.y)
    }

    /// A sample for the eye: of a colour mosaic the mean of the four around, so that its pattern does not show.
    func brightness(of frame: Frame, _ column: Int, _ row: Int) -> Double {
        guard frame.format.colorFilter != .none, width > 1, height > 1 else { return Double(frame[column, row]) }
        let (left, top) = (min(column, width - 2), min(row, height - 2))
        let sum = frame[left, top] + frame[left + 1, top] + frame[left, top + 1] + frame[left + 1, top + 1]
        return Double(sum) / 4
    }
}
