// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import UTC

/// One picture that shows a person what was seen: a title, frames of the event, its light curve, and its numbers.
struct EventPicture {
    private static let margin = 28
    private static let gap = 12
    private static let width =
        2 * margin + FrameStrip.panelCount * FrameStrip.panelSide + (FrameStrip.panelCount - 1) * gap
    private static let plotHeight = 380

    private let evidence: Evidence
    private let lightCurve: LightCurve
    private let stationName: String

    private var event: DetectedEvent { evidence.event }

    init(of evidence: Evidence, lightCurve: LightCurve, stationName: String) {
        self.evidence = evidence
        self.lightCurve = lightCurve
        self.stationName = stationName
    }

    /// The picture, 1304 pixels wide.
    func draw() -> RGBImage {
        let facts = EventFacts(of: evidence)
        let top = 112
        let plotTop = top + (evidence.clip == nil ? 0 : FrameStrip.height + 22)
        let factsTop = plotTop + EventPicture.plotHeight + 26
        var canvas = Canvas(
            width: EventPicture.width, height: factsTop + EventFacts.height(facts) + EventPicture.margin)
        drawTitle(on: &canvas)

        var plot = CanvasArea(
            column: EventPicture.margin, row: plotTop, width: EventPicture.width - 2 * EventPicture.margin,
            height: EventPicture.plotHeight)
        if let clip = evidence.clip {
            let stretch = EventPicture.stretch(for: event, in: clip)
            FrameStrip(event: event, clip: clip, lightCurve: lightCurve, stretch: stretch)
                .draw(on: &canvas, x: EventPicture.margin, y: top, gap: EventPicture.gap)
            if event.isMoving { drawMaximum(of: clip, stretch, on: &canvas, cuttingFrom: &plot) }
        }
        LightCurvePlot(event: event, lightCurve: lightCurve).draw(on: &canvas, in: plot)
        facts.draw(
            on: &canvas, x: EventPicture.margin, y: factsTop, width: EventPicture.width - 2 * EventPicture.margin)
        return canvas.image
    }

    private func drawTitle(on canvas: inout Canvas) {
        let (left, right) = (EventPicture.margin, EventPicture.width - EventPicture.margin)
        canvas.text(event.kind.title, x: left, y: 24, Palette.text, size: .heading)
        let significance = "S/N " + DecimalText.significance(event.signalToNoise)
        canvas.text(significance, x: right, y: 24, Palette.peak, size: .heading, alignment: .right)
        var time = "time unknown"
        if let peak = event.timePeak {
            time = peak.middleOfExposure.iso8601(fractionDigits: 3)
            if let error = peak.uncertaintySeconds { time += " ± \(DecimalText.fixed(error, decimals: 3)) s" }
        }
        let place = "x \(DecimalText.fixed(event.x, decimals: 1))  y \(DecimalText.fixed(event.y, decimals: 1)) px"
        canvas.text(place, x: right, y: 72, Palette.quietText, alignment: .right)
        let room = right - left - TextSize.normal.width(of: place) - 24
        canvas.text(Canvas.fitted("\(time) · \(stationName)", width: room), x: left, y: 72, Palette.quietText)
    }

    /// Draws the maximum image at the left and leaves the rest to the plot.
    private func drawMaximum(
        of clip: FrameClip, _ stretch: IntensityStretch, on canvas: inout Canvas, cuttingFrom plot: inout CanvasArea
    ) {
        let panel = CanvasArea(column: plot.column, row: plot.row + 34, width: 560, height: plot.height - 34)
        canvas.text(
            "Maximum of frames \(event.frameFirst) to \(event.frameLast)", x: plot.column, y: panel.row - 22,
            Palette.quietText)
        canvas.fill(panel, Palette.panel)
        MaximumImage(event: event, clip: clip, stretch: stretch, fitting: panel).draw(on: &canvas, in: panel)
        plot.column += panel.width + 24
        plot.width -= panel.width + 24
    }

    /// One stretch for all frames, from the detector's background and noise, or the clip's own where it gives none.
    private static func stretch(for event: DetectedEvent, in clip: FrameClip) -> IntensityStretch {
        let peak = clip.frames.min { abs($0.index - event.framePeak) < abs($1.index - event.framePeak) }
        let place = clip.position(x: event.x, y: event.y)
        var brightest = 0.0
        var samples: [Double] = []
        if let peak {
            for row in 0..<clip.height {
                for column in 0..<clip.width {
                    let sample = clip.brightness(of: peak, column, row)
                    samples.append(sample)
                    if abs(Double(column) - place.x) <= 4, abs(Double(row) - place.y) <= 4 {
                        brightest = max(brightest, sample)
                    }
                }
            }
        }
        let ownBackground = median(samples)
        let ownNoise = 1.4826 * median(samples.map { abs($0 - ownBackground) })
        return IntensityStretch(
            background: event.backgroundADU.isFinite ? event.backgroundADU : ownBackground,
            noise: event.noiseADU.isFinite && event.noiseADU > 0 ? event.noiseADU : ownNoise, brightest: brightest)
    }
}

extension EventKind {
    /// The kind in words, as a heading.
    var title: String {
        let words = rawValue.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

extension DetectedEvent {
    /// True if the track covers more than the point-spread function and the seeing do.
    var isMoving: Bool {
        func extent(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }
        return max(extent(track.map(\.x)), extent(track.map(\.y))) > max(12, 4 * displayedPointSpread)
    }
}
