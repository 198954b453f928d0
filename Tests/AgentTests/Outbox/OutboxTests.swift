// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Agent

struct OutboxTests {
    private let disk = SimulatedDisk()
    private let first = SampleEvent(number: 1)
    private let second = SampleEvent(number: 2)

    private func open(_ limits: OutboxLimits = OutboxLimits()) throws -> Outbox {
        try Outbox(directory: "/outbox", limits: limits, files: disk)
    }

    @Test func `A committed event waits with its bytes and evidence, the oldest first`() async throws {
        let outbox = try open()
        try await outbox.keep(second)
        let receipt = try await outbox.keep(first)
        #expect(receipt.isNew)
        let pending = try await outbox.pending()
        #expect(pending.map(\.name) == [first.name, second.name])
        #expect(pending[0].ivorn == first.ivorn)
        #expect(pending[0].evidence.map(\.name) == ["frames.fits"])
        #expect(pending[0].totalBytes == 1000 + first.bytes.count)
        #expect(try await outbox.event(pending[0]) == first.bytes)
    }

    @Test func `A name says the time and sorts by it`() {
        #expect(OutboxEntryName(time: SampleEvent.time, shortID: "a/b").text == "20260321T200000.000Z-a-b")
        #expect(first.name < second.name)
        #expect(OutboxEntryName("../secret") == nil)
        #expect(OutboxEntryName(".hidden") == nil)
        #expect(OutboxEntryName("") == nil)
    }

    @Test(arguments: [OutboxEntry.State.pending, .parked, .sent])
    func `An event committed twice is found, wherever it is by then`(state: OutboxEntry.State) async throws {
        let outbox = try open()
        let entry = try await outbox.keep(first).entry
        if state == .parked { try await outbox.park(entry, reasons: ["no"], at: SampleEvent.time) }
        if state == .sent { try await outbox.acknowledge(entry, response: nil, at: SampleEvent.time) }
        let receipt = try await open().keep(first)
        #expect(!receipt.isNew)
        #expect(receipt.entry.state == state)
        for other in OutboxEntry.State.allCases {
            #expect(try await outbox.names(other) == (other == state ? [first.name.text] : []))
        }
        #expect(try disk.items(in: "/outbox/tmp").isEmpty)
    }

    @Test func `Another event of the same name is refused`() async throws {
        let outbox = try open()
        try await outbox.keep(first)
        let draft = try await outbox.stage(first.name)
        let error = await #expect(throws: OutboxError.self) {
            try await outbox.commit(draft, event: second.bytes, ivorn: second.ivorn)
        }
        #expect(error?.code == .nameInUse)
    }

    @Test func `A refused event is parked with its reasons, retried and dropped by an operator`() async throws {
        let outbox = try open()
        let entry = try await outbox.keep(first).entry
        try await outbox.park(entry, reasons: ["bad ivorn\nsecond line", "too old"], at: SampleEvent.time)
        let parked = try await outbox.show(first.name)
        #expect(parked.state == .parked)
        #expect(parked.delivery.refusalReasons == ["bad ivorn second line", "too old"])
        try await outbox.retry(first.name)
        #expect(try await outbox.pending().first?.delivery == DeliveryRecord())
        try await outbox.drop(first.name)
        let error = await #expect(throws: OutboxError.self) { try await outbox.show(first.name) }
        #expect(error?.code == .notFound)
        #expect(try disk.items(in: "/outbox/tmp").isEmpty)
    }

    @Test func `Failures are counted and shown with the time of the next attempt`() async throws {
        let outbox = try open()
        try await outbox.keep(first)
        for attempt in 1...3 {
            let entry = try await outbox.show(first.name)
            try await outbox.recordFailure(
                entry, message: "refused \(attempt)", at: SampleEvent.time,
                nextAttempt: SampleEvent.time.advanced(bySeconds: 4))
        }
        let entry = try await outbox.show(first.name)
        #expect(entry.delivery.failedAttempts == 3)
        #expect(entry.delivery.lastError == "refused 3")
        #expect(entry.delivery.nextAttempt == SampleEvent.time.advanced(bySeconds: 4))
        #expect(
            entry.summary.hasSuffix("3 attempts failed, the last: refused 3, next attempt 2026-03-21T20:00:04.000Z"))
    }

    @Test(arguments: ["event.xml", "entry.txt"])
    func `A damaged entry is set aside and reported, and the others go on`(file: String) async throws {
        try await open().keep(first)
        try await open().keep(second)
        let path = "/outbox/pending/\(first.name)/\(file)"
        try disk.removeFile(path)
        disk.place(path, Array("<voe:VOEvent ivorn=".utf8))
        let outbox = try open()
        #expect(outbox.recoveryNotices.map(\.kind) == [.setAside])
        #expect(outbox.recoveryNotices.map(\.name) == [first.name.text])
        #expect(try await outbox.names(.pending) == [second.name.text])
        #expect(try await outbox.names(.damaged) == [first.name.text])
    }

    @Test func `An event damaged while the agent runs is set aside when it is to be sent`() async throws {
        let outbox = try open()
        let entry = try await outbox.keep(first).entry
        try disk.removeFile(entry.path + "/event.xml")
        disk.place(entry.path + "/event.xml", [])
        let error = await #expect(throws: OutboxError.self) { try await outbox.event(entry) }
        #expect(error?.code == .damaged)
        #expect(try await outbox.names(.damaged) == [first.name.text])
    }

    @Test func `Damaged entries of the same name lie side by side`() async throws {
        for _ in 1...3 {
            let entry = try await open().keep(first).entry
            try disk.removeFile(entry.path + "/event.xml")
        }
        let outbox = try open()
        let name = first.name.text
        #expect(try await outbox.names(.damaged) == [name, name + ".2", name + ".3"])
    }

    @Test func `What the outbox did not write is reported, not followed and left alone`() async throws {
        try await open().keep(first)
        disk.place("/outbox/pending/20260101T000000.000Z-link", nil)
        disk.place("/outbox/pending/notes.txt", Array("mine".utf8))
        disk.place("/outbox/parked/..data", Array("mine".utf8))
        let outbox = try open()
        #expect(outbox.recoveryNotices.map(\.kind) == [.foreign, .foreign, .foreign])
        #expect(try await outbox.names(.pending) == [first.name.text])
        #expect(try disk.item("/outbox/pending/20260101T000000.000Z-link") != nil)
        #expect(try disk.item("/outbox/pending/notes.txt") != nil)
    }

    @Test func `Links and directories in a draft are not kept`() async throws {
        let outbox = try open()
        let draft = try await outbox.stage(first.name)
        disk.place(draft.path + "/passwd", nil)
        try disk.makeDirectory(draft.path + "/sub")
        try disk.createFile(draft.path + "/sub/file", [1])
        let entry = try await outbox.commit(draft, event: first.bytes, ivorn: first.ivorn).entry
        #expect(entry.evidence.isEmpty)
        #expect(try disk.items(in: entry.path).map(\.name) == ["entry.txt", "event.xml"])
    }

    @Test func `An entry that was not finished goes, one that lacks only its rename stays`() async throws {
        let outbox = try open()
        _ = try await outbox.stage(second.name)
        let entry = try await outbox.keep(first).entry
        try disk.rename(entry.path, to: "/outbox/tmp/\(first.name)")
        let reopened = try open()
        #expect(Set(reopened.recoveryNotices.map(\.kind)) == [.finished, .unfinishedRemoved])
        #expect(try await reopened.names(.pending) == [first.name.text])
        #expect(try disk.items(in: "/outbox/tmp").isEmpty)
    }

    @Test(arguments: ["entry.txt", "delivery.txt", "event.xml"])
    func `Whatever stands in a file of an entry, the outbox opens and the other events wait`(file: String) async throws
    {
        var random = SeededGenerator(state: 7)
        let entry = try await open().keep(first).entry
        try await open().keep(second)
        for _ in 1...200 {
            let path = entry.path + "/" + file
            if try disk.item(path) != nil { try disk.removeFile(path) }
            let words = [
                "ivorn: ", "event bytes: ", "event crc32: ", "committed: ", "failed attempts: ", "-1", "9e99", "\n",
            ]
            let text = (0...6).map { _ in words.randomElement(using: &random) ?? "" }.joined()
            disk.place(path, Array(text.utf8) + [UInt8.random(in: 0...255, using: &random)])
            let outbox = try open()
            #expect(try await outbox.pending().contains { $0.name == second.name })
            let isWhole = file == "delivery.txt"
            #expect(try await outbox.show(first.name).state == (isWhole ? .pending : .damaged))
            if !isWhole { try disk.rename("/outbox/damaged/\(first.name)", to: entry.path) }
        }
    }
}
