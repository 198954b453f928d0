// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Testing
import UTC
import VTP

@testable import Server

/// Archives that are checked, and move to another computer.
struct ArchiveTransferTests {
    private let here = TemporaryArchive()
    private let there = TemporaryArchive()

    private func fill(_ archive: EventArchive, count: Int) throws {
        let events = try (1...count).map {
            ArchivableEvent(try TemporaryArchive.flash($0, received: Double($0) + 0.123456789))
        }
        _ = archive.store(events)
    }

    @Test func `An archive comes out of an export as it went in`() async throws {
        let archive = try here.open()
        try fill(archive, count: 1050)
        let file = try here.file("out.tar")
        #expect(try await archive.export(to: file) == 1050)
        let other = try there.open()
        let outcome = try await other.importEvents(from: file)
        #expect(outcome.stored == 1050 && outcome.known == 0 && outcome.refused.isEmpty)
        let (before, after) = (
            try await archive.events(from: 1, limit: 2000, maximumBytes: .max),
            try await other.events(from: 1, limit: 2000, maximumBytes: .max)
        )
        #expect(before == after && before.count == 1050)
        var query = EventQuery()
        query.limit = 2000
        #expect(try await archive.search(query) == other.search(query))
        let again = try await other.importEvents(from: file)
        #expect(again.stored == 0 && again.known == 1050)
    }

    @Test func `Other programs read an export`() async throws {
        let archive = try here.open()
        try fill(archive, count: 2)
        let file = try here.file("out.tar")
        _ = try await archive.export(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["tar", "-tf", file]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let listing = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(listing == "index/000000001.jsonl\nevents/000000001.xml\nevents/000000002.xml\n")
    }

    @Test func `An export that was cut off is told, wherever`() async throws {
        let archive = try here.open()
        try fill(archive, count: 3)
        let file = try here.file("out.tar")
        _ = try await archive.export(to: file)
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        for length in [0, 100, 600, whole.count / 2, whole.count - 1024] {
            try whole.prefix(length).write(to: URL(fileURLWithPath: file))
            let other = try there.open()
            let failure = await #expect(throws: ServerError.self) { try await other.importEvents(from: file) }
            #expect(failure?.code == .notAnExport, "\(length)")
        }
        try Data("hello".utf8 + [UInt8](repeating: 65, count: 2000)).write(to: URL(fileURLWithPath: file))
        let failure = await #expect(throws: ServerError.self) { try await there.open().importEvents(from: file) }
        #expect(failure?.message == "the file is no tar file of the ustar format")
    }

    @Test func `Files that are no events cost a message each and not the others`() async throws {
        let file = try here.file("odd.tar")
        let good = try TemporaryArchive.flash(1)
        let names = ["events/1.xml", "events/2.xml"]
        let index = names.map { "{\"file\":\"\($0)\",\"ivorn\":\"x\",\"received_ns\":5,\"sequence\":1}\n" }.joined()
        let entries = [
            ("index/1.jsonl", Data(index.utf8)), ("events/1.xml", Data("<html/>".utf8)),
            ("events/2.xml", Data(good.packet)), ("events/3.xml", Data(good.packet)), ("../../etc/passwd", Data()),
        ]
        var bytes = Data()
        for (name, content) in entries {
            bytes += TarFile.block(.init(name: name, content: content), modifiedSeconds: 0)
        }
        try (bytes + TarFile.end).write(to: URL(fileURLWithPath: file))
        let outcome = try await there.open().importEvents(from: file)
        #expect(outcome.stored == 1)
        #expect(outcome.refused.count == 3)
    }

    @Test func `A sound archive has no faults, and every kind of damage is one`() async throws {
        let archive = try here.open()
        try fill(archive, count: 4)
        let sound = try await archive.check()
        #expect(sound.events == 4 && sound.faults.isEmpty && sound.packetBytes > 2000)
        let database = try DatabaseQueue(path: here.file(EventArchive.fileName))
        try await database.write { database in
            try database.execute(
                sql: """
                    UPDATE event SET packet = replace(packet, 'Moon', 'Mond') WHERE sequence = 1;
                    UPDATE event SET ivorn = 'ivo://a/b#c' WHERE sequence = 2;
                    UPDATE event SET root_count = 1000000 WHERE sequence = 3;
                    """)
        }
        let faults = try await archive.check().faults
        #expect(faults.map { $0.prefix(8) } == ["event 1:", "event 2:", "event 3:"])
    }

    @Test func `A running server's archive can be read, and none is made by reading`() async throws {
        let archive = try here.open()
        try fill(archive, count: 2)
        #expect(try await here.open(.reading).check().events == 2)
        let failure = #expect(throws: ServerError.self) { try there.open(.reading) }
        #expect(failure?.message == "there is no archive")
        #expect(!FileManager.default.fileExists(atPath: there.path))
    }
}
