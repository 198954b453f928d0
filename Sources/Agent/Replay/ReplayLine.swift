// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import JSON
import UTC

/// One event of a replay, as `psws-agent replay` prints it on a line.
///
/// The names of the JSON keys are a promise to other people's scripts. Times are ISO 8601 UTC, null for a recording
/// that has no times; pixels count from 0 and an integer is a pixel's centre.
public struct ReplayLine: Sendable {
    private let event: DetectedEvent
    private let ivorn: String?
    private let meaning: EventMeaning?

    /// The line of `event`, with the ivorn of its VOEvent if one was authored, and what it means if that was asked.
    public init(_ event: DetectedEvent, ivorn: String?, meaning: EventMeaning? = nil) {
        self.event = event
        self.ivorn = ivorn
        self.meaning = meaning
    }

    /// For programs: one JSON object, its numbers rounded to what they mean.
    public var json: String {
        var members: [(String, JSONText)] = [
            ("kind", .string(event.kind.rawValue)), ("alert", .boolean(event.isAlert)),
            ("frame_first", .integer(event.frameFirst)), ("frame_peak", .integer(event.framePeak)),
            ("frame_last", .integer(event.frameLast)), ("time_start", .string(text(event.timeStart))),
            ("time_peak", .string(text(event.timePeak))), ("time_end", .string(text(event.timeEnd))),
            ("time_uncertainty_s", number(event.timePeak?.uncertaintySeconds, decimals: 6)),
            ("x", number(event.x, decimals: 3)), ("y", number(event.y, decimals: 3)),
            ("snr", number(event.signalToNoise, decimals: 2)), ("flux_adu", number(event.fluxADU, decimals: 1)),
            ("flux_error_adu", number(event.fluxErrorADU, decimals: 1)),
            ("duration_s", number(event.durationSeconds, decimals: 4)), ("saturated", .boolean(event.saturated)),
            ("probability", number(event.probability, decimals: 3)),
            ("class", .string(event.eventClass.rawValue)), ("reasons", .array(event.reasons.map { .string($0.code) })),
        ]
        if let ivorn { members.append(("ivorn", .string(ivorn))) }
        members += meaning?.members ?? []
        members.append(("track", .array(event.track.map(trackEntry))))
        return JSONText.object(members).description
    }

    /// For people: what, when, where, how sure.
    public var text: String {
        let kind = event.kind.rawValue
        var line = (event.isAlert ? "ALERT " : "event ") + kind + String(repeating: " ", count: max(1, 13 - kind.count))
        line += text(event.timePeak) ?? "no time"
        line += "  frames \(event.frameFirst)–\(event.frameLast)"
        line += "  at (\(event.x.fixed(1)), \(event.y.fixed(1)))  S/N \(event.signalToNoise.fixed(1))"
        if let seconds = event.durationSeconds { line += "  \(seconds.fixed(3)) s" }
        if let ivorn { line += "\n      \(ivorn)" }
        return line
    }

    /// `[frame, x, y, flux]`.
    private func trackEntry(_ point: TrackPoint) -> JSONText {
        .array([
            .integer(point.frame), number(point.x, decimals: 3), number(point.y, decimals: 3),
            number(point.fluxADU, decimals: 1),
        ])
    }

    private func text(_ time: FrameTime?) -> String? { time?.middleOfExposure.iso8601(fractionDigits: 6) }

    private func number(_ value: Double?, decimals: Int) -> JSONText {
        .number(value.map { $0.rounded(decimals: decimals) })
    }
}
