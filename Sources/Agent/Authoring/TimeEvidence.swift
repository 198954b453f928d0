// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import UTC

/// The proof of an event's times: what the clock followed, what it was worth, and how a frame's time became UTC.
struct TimeEvidence: Sendable, Hashable {
    /// What the clock follows, in words.
    let source: String
    /// `synchronised`, `not synchronised`, `simulated` or `unknown`.
    let state: String
    /// Estimated error of the clock alone, in seconds; nil if unknown.
    let clockErrorSeconds: Double?
    /// Standard error of the event's times, clock and frame together, in seconds; nil if unknown.
    let totalErrorSeconds: Double?
    /// How the time of a frame became UTC, a sentence or two.
    let method: String

    /// The evidence for a frame's time.
    ///
    /// - Parameters:
    ///   - time: time of the brightest frame.
    ///   - clock: what the system clock was worth; it counts only where that clock made the time.
    ///   - timing: what was done to the stamps of the frames, in sentences.
    init(time: FrameTime, clock: ClockEvidence?, timing: String? = nil) {
        switch time.origin {
        case .driverEndOfFrame, .driverStartOfExposure, .hostArrival:
            source = clock?.source ?? "system clock, of which nothing is known"
            state = clock.map { $0.isSynchronised ? "synchronised" : "not synchronised" } ?? "unknown"
            clockErrorSeconds = clock?.errorSeconds
            totalErrorSeconds = TimeEvidence.sum(time.uncertaintySeconds, clock?.errorSeconds)
        case .recordedPerFrame, .recordedStartAndRate:
            source = "clock of the recording computer, of which nothing is known"
            state = "unknown"
            clockErrorSeconds = nil
            totalErrorSeconds = time.uncertaintySeconds
        case .givenStartAndRate:
            source = "start of the recording as the operator gave it"
            state = "unknown"
            clockErrorSeconds = nil
            totalErrorSeconds = time.uncertaintySeconds
        case .simulated:
            source = "simulated scene"
            state = "simulated"
            clockErrorSeconds = 0
            totalErrorSeconds = time.uncertaintySeconds ?? 0
        }
        method = TimeEvidence.method(time.origin) + (time.origin == .simulated ? "" : timing.map { " " + $0 } ?? "")
    }

    /// Independent errors add in quadrature; the sum is unknown if one of them is.
    private static func sum(_ first: Double?, _ second: Double?) -> Double? {
        guard let first, let second else { return nil }
        return (first * first + second * second).squareRoot()
    }

    private static func method(_ origin: FrameTime.Origin) -> String {
        switch origin {
        case .driverEndOfFrame:
            "Driver's monotonic stamp at the end of the frame, converted to UTC, less half the exposure."
        case .driverStartOfExposure:
            "Driver's monotonic stamp at the start of the exposure, converted to UTC, plus half the exposure."
        case .hostArrival: "System clock when the frame arrived."
        case .recordedPerFrame: "Time stamp of the frame in the recording."
        case .recordedStartAndRate: "Start of the recording plus frame number over frame rate."
        case .givenStartAndRate: "Start given by the operator plus frame number over frame rate."
        case .simulated: "Exact time of the simulated scene."
        }
    }
}
