// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Testing
import UTC
import VTP

@testable import Server

/// The archive on a real disk.
struct EventArchiveTests {
    private let path = FileManager.default.temporaryDirectory.appendingPathComponent("psws-\(UUID().uuidString)").path

    private func open() throws -> EventArchive { try EventArchive(in: DataDirectory(path: path)) }

    private func remove() { try? FileManager.default.removeItem(atPath: path) }

    private func event(
        _ number: Int, before: String = "", content: String = "",
        received: UTCInstant = UTCInstant(secondsSince1970: 1000)
    ) throws -> LoggedEvent {
        let element = "<VOEvent ivorn='ivo://a/b#\(number)' version='2.0'>\(content)</VOEvent>"
        let packet = Array((before + element).utf8)
        return try LoggedEvent(parsing: packet, received: received)
    }

    @Test func `Every commit is written through to the disk`() throws {
        defer { remove() }
        let archive = try open()
        #expect(try archive.synchronousLevel() == 2)
    }

    @Test func `Events come back in order, byte for byte`() async throws {
        defer { remove() }
        let archive = try open()
        for number in 1...5 { #expect(try await archive.append(event(number)) == .stored(EventSequence(number))) }
        let read = try await archive.events(from: 2, limit: 3, maximumBytes: 1 << 20)
        #expect(read.map(\.sequence) == [2, 3, 4])
        #expect(try read.map(\.packet) == [2, 3, 4].map { try event($0).packet })
        #expect(read.map(\.ivorn) == ["ivo://a/b#2", "ivo://a/b#3", "ivo://a/b#4"])
        #expect(try await archive.newestSequence() == 5)
        #expect(try await archive.events(from: 6, limit: 3, maximumBytes: 1 << 20).isEmpty)
    }

    @Test func `An event with the same element is known, whatever stands before it`() async throws {
        defer { remove() }
        let archive = try open()
        #expect(try await archive.find(event(1)) == nil)
        _ = try await archive.append(event(1))
        let resent = try event(1, before: "<?xml version='1.0'?>\n<!-- again -->")
        #expect(try await archive.find(resent) == 1)
        #expect(try await archive.append(resent) == .alreadyStored(1))
        #expect(try await archive.find(event(1, content: "<Who/>")) == nil)
        #expect(try await archive.append(event(1, content: "<Who/>")) == .stored(2))
    }

    @Test func `Events with equal hashes are told apart by their bytes`() async throws {
        defer { remove() }
        let archive = try open()
        let (stored, other) = (try event(1, content: "<Who/>"), try event(1, content: "<How/>"))
        _ = try await archive.append(stored)
        try archive.close()
        // Give the stored event the hash of another one of the same ivorn and length.
        let database = try DatabaseQueue(path: path + "/" + EventArchive.fileName)
        try await database.write { [hash = RootHash.of(other.rootElement)] database in
            try database.execute(sql: "UPDATE event SET root_hash = ?", arguments: [hash])
        }
        try database.close()
        #expect(try await open().find(other) == nil)
    }

    @Test func `The hash is FNV-1a`() {
        // Test vectors of the reference implementation.
        #expect(UInt64(bitPattern: RootHash.of([])) == 0xcbf2_9ce4_8422_2325)
        #expect(UInt64(bitPattern: RootHash.of([0x61])) == 0xaf63_dc4c_8601_ec8c)
        #expect(UInt64(bitPattern: RootHash.of(Array("foobar".utf8)[...])) == 0x8594_4171_f739_67e8)
    }

    @Test func `The same event appended many times at once is stored once`() async throws {
        defer { remove() }
        let archive = try open()
        let results = try await withThrowingTaskGroup(of: AppendResult.self) { group in
            for _ in 0..<50 { group.addTask { try await archive.append(event(1)) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.filter { $0 == .stored(1) }.count == 1)
        #expect(results.filter { $0 == .alreadyStored(1) }.count == 49)
    }

    @Test func `An event that cannot be stored does not spoil those that are committed with it`() async throws {
        defer { remove() }
        let archive = try open()
        // A database that refuses one event stands for whatever may befall one and not the others.
        let database = try DatabaseQueue(path: path + "/" + EventArchive.fileName)
        try await database.write { database in
            try database.execute(
                sql: """
                    CREATE TRIGGER refuse BEFORE INSERT ON event WHEN NEW.ivorn = 'ivo://a/b#7'
                    BEGIN SELECT RAISE(ABORT, 'not this one'); END
                    """)
        }
        let stored = await withTaskGroup(of: (Int, Bool).self) { group in
            for number in 1...20 {
                group.addTask { (number, (try? await archive.append(event(number))) != nil) }
            }
            return await group.reduce(into: Set<Int>()) { if $1.1 { $0.insert($1.0) } }
        }
        #expect(stored == Set(1...20).subtracting([7]))
        let ivorns = try await archive.events(from: 1, limit: 100, maximumBytes: 1 << 20).map(\.ivorn)
        #expect(Set(ivorns) == Set(stored.map { "ivo://a/b#\($0)" }) && ivorns.count == 19)
    }

    @Test func `A reader takes no more bytes than it asks for, and at least one event`() async throws {
        defer { remove() }
        let archive = try open()
        for number in 1...5 { _ = try await archive.append(event(number)) }
        let size = try event(1).packet.count
        #expect(try await archive.events(from: 2, limit: 9, maximumBytes: 1).map(\.sequence) == [2])
        #expect(try await archive.events(from: 2, limit: 9, maximumBytes: 2 * size).map(\.sequence) == [2, 3])
    }

    @Test func `The first event received after a time is found, also when the clock was stepped back`() async throws {
        defer { remove() }
        let archive = try open()
        for (number, second) in [10.0, 20, 30, 15, 25].enumerated() {
            _ = try await archive.append(event(number, received: UTCInstant(secondsSince1970: second)))
        }
        let second = { UTCInstant(secondsSince1970: $0) }
        #expect(try await archive.firstSequence(receivedAfter: second(0)) == 1)
        #expect(try await archive.firstSequence(receivedAfter: second(20)) == 3)
        #expect(try await archive.firstSequence(receivedAfter: second(30)) == 6)
    }

    @Test func `A restart keeps the events and what is known, without a clean end before`() async throws {
        defer { remove() }
        do {
            let archive = try open()
            _ = try await archive.append(event(1))
            // The files as a power cut would leave them: copied while the database is open.
            try FileManager.default.copyItem(atPath: path, toPath: path + "-cut")
        }
        defer { try? FileManager.default.removeItem(atPath: path + "-cut") }
        let archive = try EventArchive(in: DataDirectory(path: path + "-cut"))
        #expect(try await archive.append(event(1)) == .alreadyStored(1))
        #expect(try await archive.append(event(2)) == .stored(2))
        let packets = try await archive.events(from: 1, limit: 10, maximumBytes: 1 << 20).map(\.packet)
        #expect(try packets == [event(1).packet, event(2).packet])
    }

    @Test func `The tail tells of growth to every reader`() async throws {
        defer { remove() }
        let archive = try open()
        var first = archive.tail().makeAsyncIterator()
        #expect(await first.next() == 0)
        _ = try await archive.append(event(1))
        #expect(await first.next() == 1)
        var second = archive.tail().makeAsyncIterator()
        #expect(await second.next() == 1)
        _ = try await archive.append(event(2))
        _ = try await archive.append(event(3))
        #expect(await second.next() == 3)
    }

    @Test func `A second server in the same directory is refused`() throws {
        defer { remove() }
        let first = try DataDirectory(path: path)
        let failure = #expect(throws: ServerError.self) { try DataDirectory(path: path) }
        #expect(failure?.code == .alreadyInUse)
        #expect(first.path == path)
    }

    @Test func `A directory that cannot be made is a clear error`() {
        let failure = #expect(throws: ServerError.self) { try DataDirectory(path: "/proc/psws") }
        #expect(failure?.code == .dataDirectory)
    }

    @Test func `A file that is no archive is a clear error`() throws {
        defer { remove() }
        let directory = try DataDirectory(path: path)
        try Data("this is not a database, and long enough to look like one".utf8)
            .write(to: URL(fileURLWithPath: directory.file(EventArchive.fileName)))
        let failure = #expect(throws: ServerError.self) { try EventArchive(in: directory) }
        #expect(failure?.code == .cannotOpenArchive)
        #expect(failure?.message == "SQLite: file is not a database")
    }

    @Test func `An event that cannot be stored is an error and not in the archive`() async throws {
        defer { remove() }
        let archive = try open()
        try archive.close()
        let failure = await #expect(throws: ServerError.self) { try await archive.append(event(1)) }
        #expect(failure?.code == .cannotStore)
        #expect(try await open().newestSequence() == 0)
    }
}
