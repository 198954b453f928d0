// SPDX-License-Identifier: Apache-2.0

/// An instant of the host's monotonic clock, which drivers stamp frames with.
///
/// It counts from boot, is never stepped, and means nothing on another machine or after a restart.
public struct MonotonicInstant: Sendable, Hashable, Comparable {
    /// Nanoseconds since boot, as `CLOCK_MONOTONIC` counts them.
    public let nanosecondsSinceBoot: Int64

    /// The instant `nanosecondsSinceBoot` nanoseconds after boot.
    public init(nanosecondsSinceBoot: Int64) {
        self.nanosecondsSinceBoot = nanosecondsSinceBoot
    }

    /// The instant `seconds` later (earlier if negative), saturating at the ends of the range.
    public func advanced(bySeconds seconds: Double) -> MonotonicInstant {
        let step = Int64(exactly: (seconds * 1e9).rounded()) ?? (seconds < 0 ? .min : .max)
        let (sum, overflow) = nanosecondsSinceBoot.addingReportingOverflow(step)
        return MonotonicInstant(nanosecondsSinceBoot: overflow ? (step < 0 ? .min : .max) : sum)
    }

    /// Seconds from `other` to this instant; negative if `other` is later.
    public func seconds(since other: MonotonicInstant) -> Double {
        let (difference, overflow) = nanosecondsSinceBoot.subtractingReportingOverflow(other.nanosecondsSinceBoot)
        return overflow
            ? Double(nanosecondsSinceBoot) / 1e9 - Double(other.nanosecondsSinceBoot) / 1e9 : Double(difference) / 1e9
    }

    /// True if `left` is the earlier instant.
    public static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool {
        left.nanosecondsSinceBoot < right.nanosecondsSinceBoot
    }
}
