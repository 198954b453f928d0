// SPDX-License-Identifier: Apache-2.0

import UTC
import VTP

/// Where an event stands in a list of events: what the next page of the list begins behind.
///
/// It stays where it is while events arrive. As text it is what a page is continued by.
public struct EventPlace: Sendable, Hashable, LosslessStringConvertible {
    /// The time by which the list is ordered.
    public let time: UTCInstant
    /// Place in the log, which orders events of the same time.
    public let sequence: EventSequence

    /// A place from its parts.
    public init(time: UTCInstant, sequence: EventSequence) {
        self.time = time
        self.sequence = sequence
    }

    /// Reads what `description` writes: nanoseconds since 1970, `_`, place in the log; nil if it is anything else.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ (1...20).contains($0.count) && $0.first != UInt8(ascii: "+") }),
            let nanoseconds = Int64(Substring(parts[0])), let sequence = EventSequence(Substring(parts[1])),
            sequence >= 0
        else { return nil }
        self.init(time: UTCInstant(nanosecondsSince1970: nanoseconds), sequence: sequence)
    }

    /// Nanoseconds since 1970, `_`, place in the log.
    public var description: String { "\(time.nanosecondsSince1970)_\(sequence)" }
}

extension ArchivedEvent {
    /// Where the event stands in a list of an order; nil if it is not in the list.
    public func place(by order: EventQuery.Order) -> EventPlace? {
        switch order {
        case .received: EventPlace(time: received, sequence: sequence)
        case .happened: time.map { EventPlace(time: $0, sequence: sequence) }
        }
    }
}
