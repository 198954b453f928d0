// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// The sentences of a VOEvent, for the people who read it.
enum EventWords {
    /// The whole event in one sentence.
    static func summary(_ event: DetectedEvent, context: ObservationContext) -> String {
        let frames = event.frameLast - event.frameFirst + 1
        var text = "\(event.kind.vocabulary.concept.capitalizedFirst) seen by station \(context.station.name)"
        text += " in \(frames) frame\(frames == 1 ? "" : "s")"
        if let seconds = event.durationSeconds { text += ", \(seconds.fixed(3)) s" }
        text += ", signal to noise \(event.signalToNoise.fixed(1))."
        if context.station.role == .test { text += " This is a test." }
        return text
    }

    /// How it was observed and found.
    static func how(_ event: DetectedEvent, context: ObservationContext) -> String {
        var text = "Video of \(context.instrument)"
        if let telescope = context.telescope { text += " on \(telescope)" }
        text += ", \(stream(context.source)). Each frame was compared with a running background and noise of every"
        text += " pixel, filtered with the point"
        text += " spread (standard deviation \(event.pointSpreadSigmaPixels.fixed(2)) pixels) and searched for peaks"
        text += " above \(event.thresholdSigma.fixed(2)) standard deviations. \(AgentVersion.software)."
        return text
    }

    /// Size, depth and rate of a stream of frames.
    static func stream(_ source: SourceDescription) -> String {
        let format = source.format
        var text = "\(format.width) × \(format.height) pixels of \(format.bitsPerSample) bits"
        if let rate = source.framesPerSecond { text += " at \(rate.fixed(2)) frames a second" }
        return text
    }

    /// Why it is thought to be what it is said to be.
    static func why(_ event: DetectedEvent, context: ObservationContext) -> String {
        let sentences = event.reasons.map(\.sentence).map { $0.hasSuffix(".") ? $0 : $0 + "." }
        return sentences.isEmpty ? summary(event, context: context) : sentences.joined(separator: " ")
    }

    /// What the probability means.
    static func probability(_ event: DetectedEvent) -> String {
        "Probability that this is a \(event.kind.vocabulary.concept), from one camera alone."
    }

    /// The frames' samples in words, for example `monochrome, 12 bit` or `Bayer RGGB, 8 bit`.
    static func pixelFormat(_ format: FrameFormat) -> String {
        let colour = format.colorFilter == .none ? "monochrome" : "Bayer \(format.colorFilter.rawValue.uppercased())"
        return "\(colour), \(format.bitsPerSample) bit"
    }
}

extension String {
    /// The text with its first letter large.
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
