// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC
import VTP

@testable import Server

/// The receiving clock is stepped back an hour while events come.
struct ClockStepTests {
    private let temporary = TemporaryArchive()
    private let times = [10_000.0, 10_001, 10_002, 6402, 6403, 6404]

    private func filled() async throws -> EventArchive {
        let archive = try temporary.open()
        for (index, time) in times.enumerated() {
            _ = try await archive.append(TemporaryArchive.flash(index, received: time))
        }
        return archive
    }

    @Test func `Events keep the order in which they came when the clock is stepped back`() async throws {
        let archive = try await filled()
        let stored = try await archive.events(from: 1, limit: 100, maximumBytes: .max)
        #expect(stored.map(\.sequence) == [1, 2, 3, 4, 5, 6])
        #expect(stored.map(\.ivorn) == times.indices.map { "ivo://psws.test/flashes#\($0)" })
        #expect(try await archive.newestSequence() == 6)
    }

    @Test func `Who resumes after a time from before the step misses nothing that came after it`() async throws {
        let archive = try await filled()
        func first(after seconds: Double) async throws -> EventSequence {
            try await archive.firstSequence(receivedAfter: UTCInstant(secondsSince1970: seconds))
        }
        #expect(try await first(after: 10_000) == 2)
        #expect(try await first(after: 6403) == 1)
        #expect(try await first(after: 10_002) == 7)
    }

    @Test func `Pages through the list show every event once when the clock is stepped back between them`()
        async throws
    {
        let archive = try await filled()
        var seen: [EventSequence] = []
        var query = EventQuery(limit: 2)
        while let last = try await archive.search(query).last {
            seen += try await archive.search(query).map(\.sequence)
            query.after = last.place(by: .received)
            // One that comes in between, by a clock that is an hour back once more, belongs to a later page or to none.
            if seen.count == 2 { _ = try await archive.append(TemporaryArchive.flash(99, received: 2805)) }
        }
        #expect(seen == [3, 2, 1, 6, 5, 4, 7])
    }
}
