// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Testing
import UTC
import VTP
import XML

@testable import Server

/// What people look for in the archive, and archives of older versions.
struct ArchiveSearchTests {
    private let temporary = TemporaryArchive()

    private func sequences(_ archive: EventArchive, _ change: (inout EventQuery) -> Void) async throws
        -> [EventSequence]
    {
        var query = EventQuery()
        change(&query)
        return try await archive.search(query).map(\.sequence)
    }

    private func time(_ second: Int) -> UTCInstant {
        UTCInstant(secondsSince1970: 1_772_399_640 + Double(second))
    }

    @Test func `An event is listed with all that it is found by`() async throws {
        let archive = try temporary.open()
        _ = try await archive.append(TemporaryArchive.flash(7, second: 5))
        let found = try #require(try await archive.search(EventQuery()).first)
        #expect(found.sequence == 1 && found.ivorn == "ivo://psws.test/flashes#7")
        #expect(found.role == "test" && found.version == "2.0")
        #expect(found.stream == "ivo://psws.test/flashes" && found.author == "ivo://psws.test/author")
        #expect(found.eventType == "lunar_flash" && found.target == "Moon")
        #expect(found.time == time(5) && found.received == UTCInstant(secondsSince1970: 1000))
        #expect(found.rightAscensionDegrees == 83.5 && found.declinationDegrees == -21.25)
    }

    @Test func `Events are found by everything that a query can name`() async throws {
        let archive = try temporary.open()
        let events = [
            try TemporaryArchive.flash(1, second: 1, received: 100),
            try TemporaryArchive.flash(2, second: 2, type: "fireball", received: 200),
            try TemporaryArchive.flash(3, second: 3, target: "Jupiter", received: 300),
            try TemporaryArchive.flash(4, second: 4, stream: "flashes2", received: 400),
            try TemporaryArchive.flash(5, second: 5, cites: "ivo://psws.test/flashes#1", received: 500),
        ]
        for event in events { _ = try await archive.append(event) }
        #expect(try await sequences(archive) { _ in } == [5, 4, 3, 2, 1])
        #expect(try await sequences(archive) { $0.limit = 2 } == [5, 4])
        let first = try await archive.search(EventQuery(limit: 2))
        #expect(
            try await sequences(archive) { ($0.limit, $0.after) = (2, first.last?.place(by: .received)) } == [3, 2])
        let latest = try await archive.search(EventQuery(order: .happened, limit: 2))
        #expect(latest.map(\.sequence) == [5, 4])
        #expect(
            try await sequences(archive) { ($0.order, $0.after) = (.happened, latest.last?.place(by: .happened)) } == [
                3, 2, 1,
            ])
        #expect(try await sequences(archive) { $0.eventType = "fireball" } == [2])
        #expect(try await sequences(archive) { $0.target = "Jupiter" } == [3])
        #expect(try await sequences(archive) { $0.stream = "ivo://psws.test/flashes" } == [5, 3, 2, 1])
        #expect(try await sequences(archive) { $0.author = "ivo://psws.test/author" } == [5, 4, 3, 2, 1])
        #expect(try await sequences(archive) { $0.role = "observation" } == [])
        #expect(try await sequences(archive) { $0.cites = "ivo://psws.test/flashes#1" } == [5])
        #expect(try await sequences(archive) { $0.happened = time(2)...time(4) } == [4, 3, 2])
        let instants = [150.0, 400].map { UTCInstant(secondsSince1970: $0) }
        #expect(try await sequences(archive) { $0.received = instants[0]...instants[1] } == [4, 3, 2])
        #expect(
            try await sequences(archive) { ($0.eventType, $0.happened) = ("lunar_flash", time(2)...time(4)) } == [4, 3])
        #expect(try await archive.packet(ivorn: "ivo://psws.test/flashes#2") == events[1].packet)
        #expect(try await archive.packet(ivorn: "ivo://psws.test/flashes#9") == nil)
    }

    @Test func `A packet that says little is stored with little, and quotes in it do no harm`() async throws {
        let archive = try temporary.open()
        let text = "<VOEvent ivorn='ivo://a/b?x'><Why><Concept>Robert'); DROP TABLE event;--</Concept></Why></VOEvent>"
        _ = try await archive.append(LoggedEvent(parsing: Array(text.utf8), received: .now()))
        let found = try #require(try await archive.search(EventQuery()).first)
        #expect(found.stream == "ivo://a/b" && found.eventType == "Robert'); DROP TABLE event;--")
        #expect(try await archive.search(EventQuery(order: .happened)).isEmpty)
        #expect(found.target == nil && found.time == nil && found.rightAscensionDegrees == nil && found.author == nil)
        #expect(try await sequences(archive) { $0.eventType = "Robert'); DROP TABLE event;--" } == [1])
    }

    @Test func `An archive of the first version is renewed with all its events and their numbers`() async throws {
        let event = try TemporaryArchive.flash(7, cites: "ivo://psws.test/flashes#6")
        let database = try DatabaseQueue(path: temporary.file(EventArchive.fileName))
        try ArchiveSchema.migrator.migrate(database, upTo: "1: events")
        try await database.write { database in
            for sequence in [3, 9] {
                try database.execute(
                    sql: "INSERT INTO event VALUES (?, ?, 'test', '2.0', 5, ?, ?, ?, ?)",
                    arguments: [
                        sequence, event.envelope.ivorn, RootHash.of(event.rootElement),
                        event.envelope.rootRange.lowerBound, event.envelope.rootRange.count, Data(event.packet),
                    ])
            }
            try database.execute(sql: "DELETE FROM event WHERE sequence = 9")
        }
        try database.close()
        let archive = try temporary.open()
        let found = try #require(try await archive.search(EventQuery()).first)
        #expect(found.sequence == 3 && found.target == "Moon" && found.time == time(5))
        #expect(try await sequences(archive) { $0.cites = "ivo://psws.test/flashes#6" } == [3])
        #expect(try await archive.append(event) == .alreadyStored(3))
        #expect(try await archive.append(TemporaryArchive.flash(8)) == .stored(10))
        #expect(try await archive.check().faults == [])
    }

    @Test(arguments: [EventQuery.Order.received, .happened])
    func `The newest of a type or of a target are found without sorting all of it`(order: EventQuery.Order) async throws
    {
        let archive = try temporary.open()
        var (ofType, onTarget) = (EventQuery(order: order), EventQuery(order: order))
        ofType.eventType = "lunar_flash"
        onTarget.target = "Moon"
        for var query in [EventQuery(order: order), ofType, onTarget] {
            if order == .received { query.received = time(0)...time(9) } else { query.happened = time(0)...time(9) }
            let (sql, arguments) = EventArchive.statement(for: query)
            let plan = try await archive.reading { database in
                try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments)
                    .map { $0["detail"] as String }
            }
            #expect(!plan.isEmpty && !plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
        }
    }

    @Test func `Old events are removed, and what comes goes on with new numbers`() async throws {
        let archive = try temporary.open()
        let events = try (1...1200).map { number in
            let cited = number == 1 ? "ivo://a/b#c" : nil
            return ArchivableEvent(try TemporaryArchive.flash(number, cites: cited, received: Double(number)))
        }
        _ = archive.store(events)
        let removed = try await archive.removeEvents(receivedBefore: UTCInstant(secondsSince1970: 1101))
        #expect(removed == 1100)
        #expect(try await archive.count() == 100)
        #expect(try await sequences(archive) { $0.cites = "ivo://a/b#c" } == [])
        #expect(try await archive.events(from: 1, limit: 1, maximumBytes: 1).first?.sequence == 1101)
        #expect(try await archive.append(TemporaryArchive.flash(1)) == .stored(1201))
    }
}
