// SPDX-License-Identifier: Apache-2.0

import UTC
import VTP

/// An event log in memory, which can be told to fail.
package actor MemoryLog: EventLog {
    /// What a full log throws.
    package struct Full: Error {
        package init() {}
    }

    private var events: [LoggedEvent] = []
    private let growth = LogGrowth(newest: 0)
    private var isFull = false

    package init() {}

    /// From now on nothing is stored.
    package func fill() { isFull = true }

    /// How many events there are.
    package var count: Int { events.count }
    /// Their identifiers, in order.
    package var ivorns: [String] { events.map(\.envelope.ivorn) }

    package func find(_ event: LoggedEvent) -> EventSequence? {
        events.firstIndex { $0.rootElement == event.rootElement }.map { EventSequence($0 + 1) }
    }

    package func append(_ event: LoggedEvent) throws -> AppendResult {
        if isFull { throw Full() }
        if let sequence = find(event) { return .alreadyStored(sequence) }
        events.append(event)
        growth.advance(to: EventSequence(events.count))
        return .stored(EventSequence(events.count))
    }

    package func events(from sequence: EventSequence, limit: Int, maximumBytes: Int) -> [StoredEvent] {
        var bytes = 0
        return events.enumerated().dropFirst(Int(sequence) - 1).prefix(limit)
            .prefix { _, event in
                defer { bytes += event.packet.count }
                return bytes < maximumBytes
            }
            .map { index, event in
                StoredEvent(sequence: EventSequence(index + 1), packet: event.packet, ivorn: event.envelope.ivorn)
            }
    }

    package func firstSequence(receivedAfter time: UTCInstant) -> EventSequence {
        EventSequence((events.firstIndex { $0.received > time } ?? events.count) + 1)
    }

    package func newestSequence() -> EventSequence { EventSequence(events.count) }

    package nonisolated func tail() -> AsyncStream<EventSequence> { growth.stream() }
}
