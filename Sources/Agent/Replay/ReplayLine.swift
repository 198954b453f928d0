// SPDX-License-Identifier: Apache-2.0

import Detection
import FoundationEssentials
import UTC

/// One event of a replay as a program reads it: the object that `psws-agent replay --json` prints on a line.
///
/// The names of the keys are a promise to other people's scripts. Times are ISO 8601 UTC, null for a recording
/// that has no times; pixels count from 0 and an integer is a pixel's centre.
public struct ReplayLine: Encodable, Sendable {
    private let event: DetectedEvent
    private let ivorn: String?

    /// The line of `event`, with the ivorn of its VOEvent if one was authored.
    public init(_ event: DetectedEvent, ivorn: String?) {
        self.event = event
        self.ivorn = ivorn
    }

    private enum Key: String, CodingKey {
        case kind, alert, track, x, y, snr, ivorn, probability, reasons, saturated
        case frameFirst = "frame_first"
        case framePeak = "frame_peak"
        case frameLast = "frame_last"
        case timeStart = "time_start"
        case timePeak = "time_peak"
        case timeEnd = "time_end"
        case timeUncertainty = "time_uncertainty_s"
        case flux = "flux_adu"
        case fluxError = "flux_error_adu"
        case duration = "duration_s"
    }

    /// Writes the object; numbers are rounded to what they mean.
    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        try object.encode(event.kind.rawValue, forKey: .kind)
        try object.encode(event.isAlert, forKey: .alert)
        try object.encode(event.frameFirst, forKey: .frameFirst)
        try object.encode(event.framePeak, forKey: .framePeak)
        try object.encode(event.frameLast, forKey: .frameLast)
        try object.encode(event.timeStart?.middleOfExposure.iso8601(fractionDigits: 6), forKey: .timeStart)
        try object.encode(event.timePeak?.middleOfExposure.iso8601(fractionDigits: 6), forKey: .timePeak)
        try object.encode(event.timeEnd?.middleOfExposure.iso8601(fractionDigits: 6), forKey: .timeEnd)
        try object.encode(event.timePeak?.uncertaintySeconds.map { $0.rounded(decimals: 6) }, forKey: .timeUncertainty)
        try object.encode(event.x.rounded(decimals: 3), forKey: .x)
        try object.encode(event.y.rounded(decimals: 3), forKey: .y)
        try object.encode(event.track.map(TrackEntry.init), forKey: .track)
        try object.encode(event.signalToNoise.rounded(decimals: 2), forKey: .snr)
        try object.encode(event.fluxADU.rounded(decimals: 1), forKey: .flux)
        try object.encode(event.fluxErrorADU.rounded(decimals: 1), forKey: .fluxError)
        try object.encode(event.durationSeconds.map { $0.rounded(decimals: 4) }, forKey: .duration)
        try object.encode(event.saturated, forKey: .saturated)
        try object.encode(event.probability.rounded(decimals: 3), forKey: .probability)
        try object.encode(event.reasons.map(\.code), forKey: .reasons)
        try object.encodeIfPresent(ivorn, forKey: .ivorn)
    }

    /// `[frame, x, y, flux]`.
    private struct TrackEntry: Encodable {
        let point: TrackPoint

        func encode(to encoder: any Encoder) throws {
            var array = encoder.unkeyedContainer()
            try array.encode(point.frame)
            try array.encode(point.x.rounded(decimals: 3))
            try array.encode(point.y.rounded(decimals: 3))
            try array.encode(point.fluxADU.rounded(decimals: 1))
        }
    }
}

/// What a replay did in all: the last line of `psws-agent replay --json`.
public struct ReplaySummary: Encodable, Sendable, Hashable {
    /// Frames that were searched.
    public var frames = 0
    /// Frames known to be missing from the recording.
    public var dropped = 0
    /// Processor time of the whole process, in seconds.
    public var processorSeconds = 0.0
    /// Events of every kind that were found.
    public var events = 0

    /// A summary of nothing yet.
    public init() {}

    private enum Outer: String, CodingKey { case summary }
    private enum Inner: String, CodingKey {
        case frames, dropped, events
        case processorSeconds = "seconds_cpu"
    }

    /// Writes `{"summary": {…}}`.
    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Outer.self)
        var inner = object.nestedContainer(keyedBy: Inner.self, forKey: .summary)
        try inner.encode(frames, forKey: .frames)
        try inner.encode(dropped, forKey: .dropped)
        try inner.encode(processorSeconds.rounded(decimals: 3), forKey: .processorSeconds)
        try inner.encode(events, forKey: .events)
    }
}
