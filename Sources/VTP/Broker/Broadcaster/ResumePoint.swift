// SPDX-License-Identifier: Apache-2.0

import UTC

/// Up to where a subscriber has all events: what it says in `resume-after` to get what it missed.
///
/// Our extension of VTP, in the place where Comet's extension puts filters; brokers that do not know it ignore it.
public enum ResumePoint: Sendable, Hashable, CustomStringConvertible {
    /// A place in the broker's log.
    case sequence(EventSequence)
    /// A time by the broker's clock: events received later are wanted.
    case time(UTCInstant)

    /// Reads a whole number, or a time in ISO 8601; nil if it is neither.
    public init?(_ text: String) {
        if let sequence = EventSequence(text), sequence >= 0 {
            self = .sequence(sequence)
        } else if let time = UTCInstant(iso8601: text) {
            self = .time(time)
        } else {
            return nil
        }
    }

    /// The point as a subscriber writes it; `init` reads it back.
    public var description: String {
        switch self {
        case .sequence(let sequence): "\(sequence)"
        // Rounded down: an event too many is known, one too few is lost.
        case .time(let time): time.advanced(bySeconds: -0.0005).iso8601(fractionDigits: 3)
        }
    }
}
