// SPDX-License-Identifier: Apache-2.0

import Testing
import VTP

@testable import Server

struct RecentEventsTests {
    private func event(_ sequence: EventSequence) -> StoredEvent {
        StoredEvent(sequence: sequence, packet: [UInt8](repeating: 0, count: 10), ivorn: "ivo://a/b#\(sequence)")
    }

    private func places(_ events: [StoredEvent]?) -> [EventSequence]? { events?.map(\.sequence) }

    @Test func `The newest events are in memory, up to a number of bytes`() {
        var recent = RecentEvents(newest: 4, maximumBytes: 40)
        for sequence in 5...12 as ClosedRange<EventSequence> { recent.append(event(sequence)) }
        #expect(recent.newest == 12)
        #expect(places(recent.events(from: 9, limit: 9, maximumBytes: 99)) == [9, 10, 11, 12])
        #expect(places(recent.events(from: 11, limit: 9, maximumBytes: 99)) == [11, 12])
        #expect(places(recent.events(from: 9, limit: 2, maximumBytes: 99)) == [9, 10])
        #expect(places(recent.events(from: 9, limit: 9, maximumBytes: 11)) == [9, 10])
        #expect(places(recent.events(from: 9, limit: 9, maximumBytes: 1)) == [9])
    }

    @Test func `Who wants older ones is sent to the archive, and who wants newer ones need not look there`() {
        var recent = RecentEvents(newest: 4, maximumBytes: 40)
        #expect(recent.events(from: 4, limit: 9, maximumBytes: 99) == nil)
        #expect(recent.events(from: 5, limit: 9, maximumBytes: 99) == [])
        recent.append(event(5))
        #expect(recent.events(from: 4, limit: 9, maximumBytes: 99) == nil)
        #expect(recent.events(from: 6, limit: 9, maximumBytes: 99) == [])
    }

    @Test func `Places that were left out are no hindrance`() {
        var recent = RecentEvents(newest: 0, maximumBytes: 1000)
        for sequence in [2, 3, 7, 8, 20] as [EventSequence] { recent.append(event(sequence)) }
        #expect(places(recent.events(from: 2, limit: 9, maximumBytes: 99)) == [2, 3, 7, 8, 20])
        #expect(places(recent.events(from: 4, limit: 9, maximumBytes: 99)) == [7, 8, 20])
        #expect(places(recent.events(from: 9, limit: 9, maximumBytes: 99)) == [20])
    }

    @Test func `An event larger than all room is not kept`() {
        var recent = RecentEvents(newest: 0, maximumBytes: 5)
        recent.append(event(1))
        #expect(recent.events(from: 1, limit: 9, maximumBytes: 99) == nil)
        #expect(recent.newest == 1)
    }
}
