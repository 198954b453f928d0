// SPDX-License-Identifier: Apache-2.0

import UTC
import VTP

/// An event log in memory, which can be told to fail.
actor MemoryLog: EventLog {
    struct Full: Error {}

    private var events: [LoggedEvent] = []
    private let growth = LogGrowth(newest: 0)
    private var isFull = false

    func fill() { isFull = true }

    var count: Int { events.count }

    func find(_ event: LoggedEvent) -> EventSequence? {
        events.firstIndex { $0.rootElement == event.rootElement }.map { EventSequence($0 + 1) }
    }

    func append(_ event: LoggedEvent) throws -> AppendResult {
        if isFull { throw Full() }
        if let sequence = find(event) { return .alreadyStored(sequence) }
        events.append(event)
        growth.advance(to: EventSequence(events.count))
        return .stored(EventSequence(events.count))
    }

    func events(from sequence: EventSequence, limit: Int, maximumBytes: Int) -> [StoredEvent] {
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

    func firstSequence(receivedAfter time: UTCInstant) -> EventSequence {
        EventSequence((events.firstIndex { $0.received > time } ?? events.count) + 1)
    }

    func newestSequence() -> EventSequence { EventSequence(events.count) }

    nonisolated func tail() -> AsyncStream<EventSequence> { growth.stream() }
}
