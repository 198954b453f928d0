// SPDX-License-Identifier: Apache-2.0

import CTimex
import UTC

/// What the system clock was worth at an instant, as the kernel knows it from whoever disciplines it.
///
/// - Reference: adjtimex(2); the kernel's clock model is that of RFC 5905, section 12.
public struct ClockEvidence: Sendable, Hashable {
    /// Announcement of a leap second at the end of the day.
    public enum LeapSecond: String, Sendable, Hashable, CaseIterable {
        /// None is announced.
        case none
        /// The day has a second more.
        case insert
        /// The day has a second less.
        case delete
        /// It is happening now.
        case inProgress
        /// It is over, its announcement still stands.
        case occurred
    }

    /// When the clock was asked, by that clock.
    public var sampledAt: UTCInstant
    /// True if somebody keeps the clock synchronised with UTC.
    public var isSynchronised: Bool
    /// Estimated error of the clock in seconds; nil if it is not synchronised.
    public var estimatedErrorSeconds: Double?
    /// Greatest possible error of the clock in seconds, which grows while nobody corrects it; nil if it is not
    /// synchronised.
    public var maximumErrorSeconds: Double?
    /// Correction of the clock's rate, in parts per million.
    public var frequencyPartsPerMillion: Double
    /// State of a leap second.
    public var leapSecond: LeapSecond
    /// The kernel's status bits (`STA_…`), for the record.
    public var statusBits: UInt32
    /// What chrony knows of the clock; nil without a chrony, or where it was not asked.
    public var chrony: ChronyTracking?
    /// What a receiver's pulses say of the clock; nil without.
    public var pulses: PulseEvidence?

    /// Evidence from its parts.
    public init(
        sampledAt: UTCInstant, isSynchronised: Bool, estimatedErrorSeconds: Double?, maximumErrorSeconds: Double?,
        frequencyPartsPerMillion: Double = 0, leapSecond: LeapSecond = .none, statusBits: UInt32 = 0
    ) {
        self.sampledAt = sampledAt
        self.isSynchronised = isSynchronised
        self.estimatedErrorSeconds = estimatedErrorSeconds
        self.maximumErrorSeconds = maximumErrorSeconds
        self.frequencyPartsPerMillion = frequencyPartsPerMillion
        self.leapSecond = leapSecond
        self.statusBits = statusBits
    }

    /// Asks the kernel now; nil if it does not answer, which a sandbox without `adjtimex` makes happen.
    public static func sample() -> ClockEvidence? {
        var reading = ctimex_reading()
        return ctimex_read(&reading) == 0 ? ClockEvidence(reading) : nil
    }

    /// Standard error of the clock in seconds, from whoever knows it best: pulses, which see the clock itself; else
    /// chrony, which knows the way to its reference; else the kernel. Nil if the clock is not synchronised: pulses alone
    /// do not say which second it is.
    public var errorSeconds: Double? {
        guard isSynchronised else { return nil }
        if let pulses { return pulses.estimatedErrorSeconds }
        if let chrony, chrony.isSynchronised { return chrony.estimatedErrorSeconds }
        return estimatedErrorSeconds
    }

    /// Where the evidence comes from, in words, the best first:
    /// `chrony: stratum 3, …; kernel: synchronised, estimated error 0.4 ms, at most 12 ms`.
    public var source: String {
        [pulses?.source, chrony?.source, kernelSource].compactMap { $0 }.joined(separator: "; ")
    }

    private var kernelSource: String {
        guard isSynchronised else { return "kernel: not synchronised" }
        var words = "kernel: synchronised"
        if let estimatedErrorSeconds { words += ", estimated error \(shortDuration(estimatedErrorSeconds))" }
        if let maximumErrorSeconds { words += ", at most \(shortDuration(maximumErrorSeconds))" }
        return words
    }

    init(_ reading: ctimex_reading) {
        let isSynchronised =
            reading.state != ClockEvidence.errorState && reading.status & ClockEvidence.unsynchronisedBit == 0
        self.init(
            sampledAt: UTCInstant(nanosecondsSince1970: reading.realtime_nanoseconds), isSynchronised: isSynchronised,
            estimatedErrorSeconds: isSynchronised ? Double(reading.estimated_error_microseconds) / 1e6 : nil,
            maximumErrorSeconds: isSynchronised ? Double(reading.maximum_error_microseconds) / 1e6 : nil,
            frequencyPartsPerMillion: reading.frequency_parts_per_million,
            leapSecond: ClockEvidence.leapSecond(state: reading.state), statusBits: reading.status)
    }

    /// `TIME_ERROR` of `linux/timex.h`: the clock is not synchronised.
    private static let errorState: Int32 = 5
    /// `STA_UNSYNC` of `linux/timex.h`.
    private static let unsynchronisedBit: UInt32 = 0x0040

    /// `TIME_OK` … `TIME_WAIT` of `linux/timex.h`.
    private static func leapSecond(state: Int32) -> LeapSecond {
        switch state {
        case 1: .insert
        case 2: .delete
        case 3: .inProgress
        case 4: .occurred
        default: .none
        }
    }
}
