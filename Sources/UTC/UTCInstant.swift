// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#endif

/// An instant of Coordinated Universal Time, to the nanosecond.
///
/// Counted as POSIX counts: nanoseconds since 1970-01-01T00:00:00Z, every day 86 400 s long. A leap second
/// (`23:59:60`) reads as the first second of the next day. The range is 1678 to 2261.
///
/// Other time scales (TT, TDB, a camera's monotonic clock) have types of their own, so that they cannot be mixed.
public struct UTCInstant: Sendable, Hashable, Comparable {
    /// Nanoseconds since 1970-01-01T00:00:00Z, without leap seconds; negative before.
    public let nanosecondsSince1970: Int64

    /// The instant `nanosecondsSince1970` nanoseconds after 1970-01-01T00:00:00Z.
    public init(nanosecondsSince1970: Int64) {
        self.nanosecondsSince1970 = nanosecondsSince1970
    }

    /// The instant of a POSIX time in whole and fractional seconds, clamped to the range of the type.
    public init(secondsSince1970: Double) {
        let nanoseconds = secondsSince1970 * 1e9
        nanosecondsSince1970 = Int64(exactly: nanoseconds.rounded()) ?? (nanoseconds < 0 ? .min : .max)
    }

    /// What the system's real-time clock reads. How far it can be trusted is the clock evidence's business.
    public static func now() -> UTCInstant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UTCInstant(nanosecondsSince1970: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// POSIX seconds since 1970-01-01T00:00:00Z; a `Double` keeps about 0.2 µs in our century.
    public var secondsSince1970: Double { Double(nanosecondsSince1970) / 1e9 }

    /// The instant `seconds` later (earlier if negative), saturating at the ends of the range.
    public func advanced(bySeconds seconds: Double) -> UTCInstant {
        let step = Int64(exactly: (seconds * 1e9).rounded()) ?? (seconds < 0 ? .min : .max)
        let (sum, overflow) = nanosecondsSince1970.addingReportingOverflow(step)
        return UTCInstant(nanosecondsSince1970: overflow ? (step < 0 ? .min : .max) : sum)
    }

    /// Seconds from `other` to this instant; negative if `other` is later.
    public func seconds(since other: UTCInstant) -> Double {
        // The difference is taken in integers: two doubles of POSIX seconds would lose the microseconds.
        let (difference, overflow) = nanosecondsSince1970.subtractingReportingOverflow(other.nanosecondsSince1970)
        return overflow ? secondsSince1970 - other.secondsSince1970 : Double(difference) / 1e9
    }

    /// True if `left` is the earlier instant.
    public static func < (left: UTCInstant, right: UTCInstant) -> Bool {
        left.nanosecondsSince1970 < right.nanosecondsSince1970
    }
}
