// SPDX-License-Identifier: Apache-2.0

import Camera
import UTC

/// Pulses at the full seconds of UTC, as GPS receivers give them, timed with the system clock: how far that is off, and
/// how much it scatters.
///
/// A pulse does not say which second it begins: an offset is known but for whole seconds.
struct PulseTrain {
    /// So many pulses are remembered: a minute, in which a disciplined clock does not drift.
    static let memory = 60
    /// From so many on the median means something.
    static let leastPulses = 8
    /// Seconds without a pulse after which the last ones say nothing of now.
    static let patienceSeconds = 5.0

    /// Pulses so far.
    private(set) var count = 0

    private var offsets: [Double] = []
    private var last: MonotonicInstant?

    /// Takes a pulse that the system clock saw at `time`.
    mutating func take(_ time: UTCInstant, at instant: MonotonicInstant) {
        count += 1
        last = instant
        if offsets.count == Self.memory { offsets.removeFirst() }
        offsets.append(Self.offset(time))
    }

    /// Forgets the pulses, because the clock was stepped.
    mutating func restart() {
        offsets.removeAll()
        last = nil
    }

    /// What the pulses say now; nil if they are too few or too old.
    func evidence(at now: MonotonicInstant) -> PulseEvidence? {
        guard offsets.count >= Self.leastPulses, let last, now.seconds(since: last) <= Self.patienceSeconds else {
            return nil
        }
        let middle = Self.median(offsets)
        // 1.4826 makes the median deviation of normal noise its standard deviation; a lost or false pulse does not
        // count.
        let jitter = 1.4826 * Self.median(offsets.map { abs($0 - middle) })
        return PulseEvidence(offsetSeconds: middle, jitterSeconds: jitter, pulseCount: offsets.count)
    }

    /// Seconds from the nearest full second, -0.5...0.5: positive if the clock is fast.
    private static func offset(_ time: UTCInstant) -> Double {
        let second: Int64 = 1_000_000_000
        let remainder = time.nanosecondsSince1970 % second
        let fraction = remainder < 0 ? remainder + second : remainder
        return Double(fraction > second / 2 ? fraction - second : fraction) / 1e9
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let half = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    }
}
