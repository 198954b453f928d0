// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import Testing

@testable import Agent

/// The outbox on a real disk.
struct DurableFilesTests: ~Copyable {
    private let files = DurableFiles()
    private let directory: String

    init() throws {
        directory = "\(FileManager.default.temporaryDirectory.path)/psws-outbox-\(UInt64.random(in: 0...UInt64.max))"
        try files.makeDirectory(directory)
    }

    deinit { try? files.removeTree(directory) }

    @Test func `An outbox on a real disk keeps, sends, parks and drops`() async throws {
        let path = directory + "/state/outbox"
        let outbox = try Outbox.open(path)
        let events = (1...3).map { SampleEvent(number: $0) }
        for event in events { try await outbox.keep(event) }
        let entries = try await outbox.pending()
        #expect(entries.map(\.ivorn) == events.map(\.ivorn))
        try await outbox.acknowledge(entries[0], response: "ivo://broker", at: SampleEvent.time)
        try await outbox.park(entries[1], reasons: ["no"], at: SampleEvent.time)
        try await outbox.drop(entries[2].name)
        #expect(try files.items(in: path).map(\.name) == ["damaged", "lock", "parked", "pending", "sent", "tmp"])
        #expect(
            try files.items(in: "\(path)/sent/\(events[0].name)").map(\.name)
                == ["delivery.txt", "entry.txt", "event.xml", "frames.fits"])
        #expect(try files.items(in: path + "/pending").isEmpty)
        #expect(try files.items(in: path + "/tmp").isEmpty)
        #expect(try await outbox.list(.parked).first?.delivery.refusalReasons == ["no"])
    }

    @Test func `A file that others shall read is opened to them, whatever the mask of the process`() throws {
        let path = directory + "/figures"
        try files.createFile(path, [1])
        #expect(chmod(path, 0o600) == 0)
        try files.openToAllReaders(path)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o644)
        #expect(throws: FileError.self) { try files.openToAllReaders(path + "x") }
    }

    @Test func `A second agent is told, an operator is let in`() async throws {
        let path = directory + "/outbox"
        let outbox = try Outbox.open(path)
        try await outbox.keep(SampleEvent(number: 1))
        let draft = try await outbox.stage(SampleEvent(number: 2).name)
        let error = #expect(throws: OutboxError.self) { try Outbox.open(path) }
        #expect(error?.code == .locked)
        #expect(try await Outbox.inspect(path).pending().count == 1)
        #expect(try files.item(draft.path) != nil, "looking on takes nothing away from a running agent")
    }

    @Test func `The lock goes with its holder`() throws {
        let path = directory + "/outbox"
        for _ in 1...3 { _ = try Outbox.open(path) }
    }

    @Test func `A symbolic link is neither read nor followed`() async throws {
        let path = directory + "/outbox"
        let event = SampleEvent(number: 1)
        do {
            let outbox = try Outbox.open(path)
            let entry = try await outbox.keep(event).entry
            try files.createFile(directory + "/secret", [1, 2, 3])
            try files.removeFile(entry.path + "/event.xml")
            #expect(symlink(directory + "/secret", entry.path + "/event.xml") == 0)
            #expect(symlink("/", path + "/pending/20260101T000000.000Z-root") == 0)
            #expect(symlink("/", path + "/tmp/root") == 0)
        }
        let outbox = try Outbox.open(path)
        #expect(Set(outbox.recoveryNotices.map(\.kind)) == [.setAside, .foreign, .unfinishedRemoved])
        #expect(try files.read(directory + "/secret", maximumBytes: 10) == [1, 2, 3])
        #expect(throws: FileError.self) {
            try files.read("\(path)/damaged/\(event.name)/event.xml", maximumBytes: 10)
        }
    }

    @Test func `The outbox and its parent may be links to another disk`() async throws {
        try files.makeDirectory(directory + "/disk")
        #expect(symlink(directory + "/disk", directory + "/state") == 0)
        try await Outbox.open(directory + "/state/outbox").keep(SampleEvent(number: 1))
        #expect(symlink(directory + "/disk/outbox", directory + "/outbox") == 0)
        #expect(try await Outbox.open(directory + "/outbox").pending().count == 1)
    }

    @Test func `A directory that is no outbox is one clear message`() {
        let error = #expect(throws: OutboxError.self) { try Outbox.inspect(directory) }
        #expect(error?.code == .notFound)
        #expect(throws: OutboxError.self) { try Outbox.open("/proc/outbox") }
        #expect(throws: OutboxError.self) { try Outbox.open("/dev/null/outbox") }
    }
}
