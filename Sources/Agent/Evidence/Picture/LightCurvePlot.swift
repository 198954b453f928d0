// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import UTC

/// The light curve with its errors, axes and units, and marks at start, peak and end.
struct LightCurvePlot {
    private let event: DetectedEvent
    private let points: [LightCurve.Point]
    /// Time from which the axis counts; nil if frames are counted instead.
    private let origin: UTCInstant?

    init(event: DetectedEvent, lightCurve: LightCurve) {
        self.event = event
        let points = lightCurve.points.filter { $0.fluxADU.isFinite }
        let peakTime = event.timePeak ?? points.first { $0.frame == event.framePeak }?.time
        let isTimed = !points.isEmpty && points.allSatisfy { $0.time != nil }
        origin = isTimed ? peakTime?.middleOfExposure : nil
        self.points = points
    }

    /// Draws the plot, labels included, inside an area.
    func draw(on canvas: inout Canvas, in area: CanvasArea) {
        let frame = CanvasArea(
            column: area.column + 104, row: area.row + 34, width: max(area.width - 104 - 8, 50),
            height: max(area.height - 34 - 62, 50))
        canvas.fill(frame, Palette.panel)
        canvas.text("Flux in ADU", x: area.column, y: frame.row - 22, Palette.quietText)
        let axes = scales(in: frame)
        drawSpan(on: &canvas, axes, frame)
        drawGrid(on: &canvas, axes, frame)
        drawPoints(on: &canvas, axes, frame)
        canvas.text(
            axisTitle, x: frame.column + frame.width / 2, y: area.row + area.height - 18, Palette.quietText,
            alignment: .center)
    }

    private var axisTitle: String {
        guard let origin else { return "Frame number" }
        return "Seconds from the peak at \(origin.timeOfDay) UTC"
    }

    private func abscissa(_ point: LightCurve.Point) -> Double {
        guard let origin, let time = point.time else { return Double(point.frame) }
        return time.middleOfExposure.seconds(since: origin)
    }

    private func abscissa(frame: Int, time: FrameTime?) -> Double {
        guard let origin else { return Double(frame) }
        return time?.middleOfExposure.seconds(since: origin)
            ?? points.first { $0.frame == frame }.map(abscissa) ?? 0
    }

    private func scales(in frame: CanvasArea) -> (x: PlotAxis, y: PlotAxis) {
        let places = points.map(abscissa)
        let (first, last) = (places.min() ?? -1, places.max() ?? 1)
        let pad = max((last - first) * 0.04, origin == nil ? 1 : 0.02)
        let lows = points.map { $0.fluxADU - max($0.fluxErrorADU.isFinite ? $0.fluxErrorADU : 0, 0) } + [0]
        let highs = points.map { $0.fluxADU + max($0.fluxErrorADU.isFinite ? $0.fluxErrorADU : 0, 0) } + [1]
        let (low, high) = (lows.min() ?? 0, highs.max() ?? 1)
        return (
            PlotAxis(
                from: first - pad, to: last + pad, start: frame.column, end: frame.column + frame.width - 1),
            PlotAxis(
                from: low - 0.06 * (high - low), to: high + 0.1 * (high - low), start: frame.row + frame.height - 1,
                end: frame.row)
        )
    }

    private func drawSpan(on canvas: inout Canvas, _ axes: (x: PlotAxis, y: PlotAxis), _ frame: CanvasArea) {
        let start = axes.x.pixel(abscissa(frame: event.frameFirst, time: event.timeStart))
        let end = axes.x.pixel(abscissa(frame: event.frameLast, time: event.timeEnd))
        let peak = axes.x.pixel(abscissa(frame: event.framePeak, time: event.timePeak))
        let (top, bottom) = (frame.row, frame.row + frame.height - 1)
        for (x, color) in [(start, Palette.event), (end, Palette.event), (peak, Palette.peak)] {
            canvas.line(from: (x, top), to: (x, bottom), within: frame, dash: 4, color)
        }
        // The names stand above the plot where they cannot cover a point; start and end make room for the peak.
        let half = TextSize.normal.width(of: "peak") / 2 + 12
        canvas.text("peak", x: peak, y: top - 22, Palette.peak, alignment: .center)
        let startRight = min(start + 26, peak - half)
        let endLeft = max(end - 14, peak + half)
        if startRight - TextSize.normal.width(of: "start") > frame.column + 40 {
            canvas.text("start", x: startRight, y: top - 22, Palette.event, alignment: .right)
        }
        if endLeft + TextSize.normal.width(of: "end") <= frame.column + frame.width {
            canvas.text("end", x: endLeft, y: top - 22, Palette.event)
        }
    }

    private func drawGrid(on canvas: inout Canvas, _ axes: (x: PlotAxis, y: PlotAxis), _ frame: CanvasArea) {
        let (right, bottom) = (frame.column + frame.width - 1, frame.row + frame.height - 1)
        for mark in axes.y.marks(count: 6) {
            let y = axes.y.pixel(mark.value)
            let color = mark.value == 0 ? Palette.axis : Palette.grid
            canvas.fill(CanvasArea(column: frame.column, row: y, width: frame.width, height: 1), color)
            canvas.text(
                mark.label, x: frame.column - 12, y: y - TextSize.normal.capitalHeight / 2, Palette.quietText,
                alignment: .right)
        }
        for mark in axes.x.marks(count: max(frame.width / 100, 2)) {
            let x = axes.x.pixel(mark.value)
            canvas.fill(CanvasArea(column: x, row: bottom - 7, width: 2, height: 8), Palette.axis)
            canvas.text(mark.label, x: x, y: bottom + 12, Palette.quietText, alignment: .center)
        }
        canvas.line(from: (frame.column, bottom), to: (right, bottom), within: frame, Palette.axis)
        canvas.fill(CanvasArea(column: frame.column, row: frame.row, width: 2, height: frame.height), Palette.axis)
    }

    private func drawPoints(on canvas: inout Canvas, _ axes: (x: PlotAxis, y: PlotAxis), _ frame: CanvasArea) {
        let places = points.map { (x: axes.x.pixel(abscissa($0)), y: axes.y.pixel($0.fluxADU)) }
        for (start, end) in zip(points.indices, points.indices.dropFirst()) {
            let isInEvent = points[start].isInEvent && points[end].isInEvent
            canvas.line(
                from: places[start], to: places[end], within: frame, isInEvent ? Palette.event : Palette.grid)
        }
        // The event is drawn over the quiet points, its peak over everything.
        let order = points.indices.sorted { rank(points[$0]) < rank(points[$1]) }
        for position in order {
            let (point, place) = (points[position], places[position])
            let color = color(of: point)
            let error = point.fluxErrorADU.isFinite ? max(point.fluxErrorADU, 0) : 0
            let (low, high) = (axes.y.pixel(point.fluxADU - error), axes.y.pixel(point.fluxADU + error))
            canvas.line(from: (place.x, high), to: (place.x, low), within: frame, color)
            for y in [low, high] { canvas.line(from: (place.x - 4, y), to: (place.x + 4, y), within: frame, color) }
            canvas.disk(x: place.x, y: place.y, radius: [3, 5, 7][rank(point)], color)
        }
    }

    private func rank(_ point: LightCurve.Point) -> Int {
        point.frame == event.framePeak && point.isInEvent ? 2 : point.isInEvent ? 1 : 0
    }

    private func color(of point: LightCurve.Point) -> RGBColor {
        [Palette.axis, Palette.event, Palette.peak][rank(point)]
    }
}
