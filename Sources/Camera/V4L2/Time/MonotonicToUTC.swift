// SPDX-License-Identifier: Apache-2.0

public import UTC

/// Turns instants of the monotonic clock into UTC, as the host's real-time clock has it.
///
/// The offset between the clocks is measured by reading the real-time clock between two readings of the monotonic
/// clock; half the bracket's width bounds the error. NTP slews both clocks alike, so the offset changes only when
/// the real-time clock is stepped: it is measured again once a second, and a change beyond what the brackets allow
/// is counted as a step. How well the real-time clock itself keeps UTC is the clock evidence's business.
public struct MonotonicToUTC: Sendable {
    /// Steps of the real-time clock seen so far.
    public private(set) var stepCount = 0
    /// Size of the last step in seconds, positive when the clock was put forward; nil before the first.
    public private(set) var lastStepSeconds: Double?

    private let clock: any HostClock
    private let resampleSeconds: Double
    private var sample: Sample

    /// A change of the offset below this is a slow reading, not a step.
    private static let smallestStepSeconds = 1e-3
    /// The narrowest of so many brackets counts, so that a task switch inside one of them does no harm.
    private static let bracketsPerSample = 5

    private struct Sample {
        var takenAt: MonotonicInstant
        var offsetNanoseconds: Int64
        var errorSeconds: Double
    }

    /// A converter that measures at once and then again whenever `resampleSeconds` have passed.
    public init(clock: any HostClock, resampleSeconds: Double = 1) {
        self.clock = clock
        self.resampleSeconds = resampleSeconds
        sample = MonotonicToUTC.measure(clock)
    }

    /// The UTC of an instant at which the monotonic clock read `instant`, and the greatest error of the conversion
    /// in seconds.
    public mutating func utc(of instant: MonotonicInstant) -> (instant: UTCInstant, errorSeconds: Double) {
        resampleIfDue()
        let (nanoseconds, overflow) = instant.nanosecondsSinceBoot.addingReportingOverflow(sample.offsetNanoseconds)
        return (UTCInstant(nanosecondsSince1970: overflow ? .max : nanoseconds), sample.errorSeconds)
    }

    private mutating func resampleIfDue() {
        guard clock.monotonic().seconds(since: sample.takenAt) >= resampleSeconds else { return }
        let fresh = MonotonicToUTC.measure(clock)
        let changeSeconds = Double(fresh.offsetNanoseconds - sample.offsetNanoseconds) / 1e9
        if abs(changeSeconds) > max(fresh.errorSeconds + sample.errorSeconds, MonotonicToUTC.smallestStepSeconds) {
            stepCount += 1
            lastStepSeconds = changeSeconds
        }
        sample = fresh
    }

    private static func measure(_ clock: any HostClock) -> Sample {
        var narrowest = bracket(clock)
        for _ in 1..<bracketsPerSample {
            let sample = bracket(clock)
            if sample.errorSeconds < narrowest.errorSeconds { narrowest = sample }
        }
        return narrowest
    }

    private static func bracket(_ clock: any HostClock) -> Sample {
        let before = clock.monotonic()
        let utc = clock.utc()
        let after = clock.monotonic()
        let width = after.nanosecondsSinceBoot - before.nanosecondsSinceBoot
        return Sample(
            takenAt: after, offsetNanoseconds: utc.nanosecondsSince1970 - (before.nanosecondsSinceBoot + width / 2),
            errorSeconds: Double(width) / 2e9)
    }
}
