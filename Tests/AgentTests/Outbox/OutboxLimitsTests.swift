// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

struct OutboxLimitsTests {
    private let disk = SimulatedDisk()

    private func open(_ limits: OutboxLimits) throws -> Outbox {
        try Outbox(directory: "/outbox", limits: limits, files: disk)
    }

    /// Events 1 and 2 sent, 3 parked, 4 pending, each with 1000 bytes of evidence.
    private func fill(_ outbox: Outbox) async throws {
        for number in 1...4 {
            let entry = try await outbox.keep(SampleEvent(number: number)).entry
            if number <= 2 { try await outbox.acknowledge(entry, response: nil, at: SampleEvent.time) }
            if number == 3 { try await outbox.park(entry, reasons: [], at: SampleEvent.time) }
        }
    }

    private func summary(_ outbox: Outbox) async throws -> [String] {
        var lines: [String] = []
        for state in [OutboxEntry.State.sent, .parked, .pending] {
            for entry in try await outbox.list(state) {
                lines.append("\(entry.name.text.suffix(2)) \(state) \(entry.evidence.isEmpty ? "bare" : "whole")")
            }
        }
        return lines
    }

    private let roomy = OutboxLimits(entries: 100, bytes: 1 << 30, minimumFreeBytes: 0, hardFloorBytes: 0)

    @Test func `The oldest evidence of sent events goes first`() async throws {
        try await fill(open(roomy))
        var limits = roomy
        limits.bytes = 4600
        let outbox = try open(limits)
        let receipt = try await outbox.keep(SampleEvent(number: 5))
        #expect(receipt.notices.map(\.kind) == [.evidenceRemoved])
        #expect(try await summary(outbox) == ["e1 sent bare", "e2 sent whole", "e3 parked whole", "e4 pending whole", "e5 pending whole"])
    }

    @Test func `Sent events go by their number, oldest first, and unsent ones stay`() async throws {
        try await fill(open(roomy))
        var limits = roomy
        limits.entries = 2
        let outbox = try open(limits)
        let receipt = try await outbox.keep(SampleEvent(number: 5))
        #expect(receipt.notices.map(\.kind) == [.eventRemoved, .eventRemoved])
        #expect(try await summary(outbox) == ["e3 parked whole", "e4 pending whole", "e5 pending whole"])
    }

    @Test func `Low space takes what was sent, but no evidence that was not`() async throws {
        try await fill(open(roomy))
        var limits = roomy
        limits.minimumFreeBytes = Int.max / 2
        let outbox = try open(limits)
        try await outbox.keep(SampleEvent(number: 5))
        #expect(try await summary(outbox) == ["e3 parked whole", "e4 pending whole", "e5 pending whole"])
    }

    @Test func `Below the hard floor evidence goes, and every unsent event stays`() async throws {
        try await fill(open(roomy))
        var limits = roomy
        limits.minimumFreeBytes = Int.max / 2
        limits.hardFloorBytes = Int.max / 2
        let outbox = try open(limits)
        try await outbox.keep(SampleEvent(number: 5))
        #expect(try await summary(outbox) == ["e3 parked bare", "e4 pending bare", "e5 pending bare"])
    }

    @Test func `Evidence that exceeds the limit is not taken, its event is`() async throws {
        var limits = roomy
        limits.bytes = 3000
        let outbox = try open(limits)
        let event = SampleEvent(number: 1)
        let receipt = try await outbox.keep(event, evidence: Array(repeating: 7, count: 5000))
        #expect(receipt.notices.map(\.kind) == [.evidenceRemoved])
        #expect(try await outbox.event(receipt.entry) == event.bytes)
    }

    @Test func `On a full disk the event is written in place of evidence`() async throws {
        try await fill(open(roomy))
        let outbox = try open(roomy)
        let used = Int.max / 4 - (try disk.freeBytes("/outbox"))
        // Room for a part of the evidence, and none for the event.
        disk.setCapacity(used + 500)
        let event = SampleEvent(number: 5)
        let receipt = try await outbox.keep(event)
        #expect(receipt.isNew)
        #expect(receipt.notices.first?.name == SampleEvent(number: 1).name.text)
        #expect(try await outbox.event(receipt.entry) == event.bytes)
        #expect(try await summary(outbox).contains("e4 pending whole"))
    }

    @Test func `A disk without any room is a clear error, loses nothing, and the commit can be tried again`() async throws {
        let outbox = try open(roomy)
        try await outbox.keep(SampleEvent(number: 1))
        let event = SampleEvent(number: 2)
        let draft = try await outbox.stage(event.name)
        let used = Int.max / 4 - (try disk.freeBytes("/outbox"))
        // The evidence of event 1 went for other people's files.
        disk.setCapacity(used - 1000)
        let error = await #expect(throws: OutboxError.self) {
            try await outbox.commit(draft, event: event.bytes, ivorn: event.ivorn)
        }
        #expect(error?.code == .diskFull)
        #expect(error?.description.contains("the disk is full") == true)
        #expect(try await summary(outbox) == ["e1 pending bare"])
        disk.setCapacity(1 << 20)
        #expect(try await outbox.commit(draft, event: event.bytes, ivorn: event.ivorn).isNew)
        #expect(try await summary(outbox) == ["e1 pending bare", "e2 pending bare"])
    }
}
