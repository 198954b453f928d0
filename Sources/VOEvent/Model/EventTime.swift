// SPDX-License-Identifier: Apache-2.0
import UTC

/// When something happened: an instant or, in 2.1, an interval.
public struct EventTime: Sendable, Hashable {
    /// The two ways to give a time.
    public enum Kind: Sendable, Hashable {
        /// An instant in ISO 8601, as written; nil if the packet gives none.
        case instant(isoTime: String?)
        /// From and to, in ISO 8601 as written; 2.1 only.
        case interval(start: String?, stop: String?)
    }

    /// The time itself.
    public var kind: Kind
    /// Seconds (in `unit`) added to the instant; rarely used.
    public var offset: Double?
    /// Time scale, if the packet repeats it here.
    public var scale: String?
    /// Error of the time, in `unit`; nil if not given, NaN if it is no number.
    public var error: Double?
    /// Unit of `offset` and `error`, usually `s`.
    public var unit: String?

    /// A time from its parts.
    public init(_ kind: Kind, error: Double? = nil, unit: String? = "s") {
        self.kind = kind
        self.error = error
        self.unit = unit
    }

    /// An instant in UTC with its error in seconds; written to the microsecond.
    ///
    /// Without `Z`, as nearly all packets in circulation: the time scale is the coordinate system's to tell.
    public init(_ instant: UTCInstant, errorSeconds: Double?) {
        self.init(.instant(isoTime: String(instant.iso8601(fractionDigits: 6).dropLast())), error: errorSeconds)
    }

    /// The instant, or the beginning of the interval; nil if absent or not ISO 8601.
    public var start: UTCInstant? {
        switch kind {
        case .instant(let text), .interval(let text, _): text.flatMap { UTCInstant(iso8601: $0) }
        }
    }

    /// The end of the interval; nil for instants.
    public var stop: UTCInstant? {
        guard case .interval(_, let text) = kind else { return nil }
        return text.flatMap { UTCInstant(iso8601: $0) }
    }
}
