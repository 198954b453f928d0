// SPDX-License-Identifier: Apache-2.0

import NIOCore
import VTP

/// The newest events of the archive, kept in memory for those who read along: events just stored need not be read back.
struct RecentEvents: Sendable {
    /// The place of the newest event of the archive, 0 if there is none.
    private(set) var newest: EventSequence
    private let maximumBytes: Int
    private var events = CircularBuffer<StoredEvent>()
    private var byteCount = 0

    /// Nothing yet of an archive whose newest event has the place `newest`.
    init(newest: EventSequence, maximumBytes: Int) {
        self.newest = newest
        self.maximumBytes = maximumBytes
    }

    /// Adds an event that was just stored; the oldest go when there are too many bytes.
    mutating func append(_ event: StoredEvent) {
        guard event.sequence > newest else { return }
        newest = event.sequence
        events.append(event)
        byteCount += event.packet.count
        while byteCount > maximumBytes, let oldest = events.popFirst() { byteCount -= oldest.packet.count }
    }

    /// Forgets the events, but not which place is the newest.
    mutating func forgetAll() {
        events.removeAll()
        byteCount = 0
    }

    /// What a reader of the archive at `sequence` gets; nil if that is not all in memory.
    func events(from sequence: EventSequence, limit: Int, maximumBytes: Int) -> [StoredEvent]? {
        if sequence > newest { return [] }
        guard let first = events.first, first.sequence <= sequence else { return nil }
        // Places may be left out, never doubled: the event stands here or before.
        var index = events.startIndex
        events.formIndex(&index, offsetBy: min(Int(sequence - first.sequence), events.count - 1))
        while index > events.startIndex, events[events.index(before: index)].sequence >= sequence {
            events.formIndex(before: &index)
        }
        var found: [StoredEvent] = []
        var bytes = 0
        for event in events[index...] where event.sequence >= sequence {
            guard found.count < limit, bytes < maximumBytes else { break }
            found.append(event)
            bytes += event.packet.count
        }
        return found
    }
}
