// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

/// The promise of the outbox, tried at every operation of the disk: what was committed is delivered, and what is
/// recorded as acknowledged is not delivered again.
struct OutboxCrashTests {
    /// How the machine went down.
    enum Crash: String, CaseIterable { case powerCut, processDeath }

    /// What the world outside the box saw.
    private struct World {
        /// Ivorns whose commit returned.
        var committed: Set<String> = []
        /// How often the broker got an event.
        var received: [String: Int] = [:]
        /// Events whose acknowledgement was recorded.
        var recorded: Set<String> = []
        /// Events that were sent again after that.
        var sentAgain: Set<String> = []
        /// Names dropped by the operator.
        var dropped: Set<String> = []
    }

    private let events = (1...4).map { SampleEvent(number: $0) }

    /// A night: four events, of which one is refused, retried and one other dropped, all the rest delivered.
    private func night(_ outbox: Outbox, _ world: inout World) async throws {
        for event in events where !world.committed.contains(event.ivorn) && !world.dropped.contains(event.ivorn) {
            // What was left in the making belongs to a process that is gone.
            _ = try await outbox.keep(event)
            world.committed.insert(event.ivorn)
        }
        let refused = events[1]
        if let entry = try await outbox.pending().first(where: { $0.ivorn == refused.ivorn }) {
            try await outbox.recordFailure(
                entry, message: "broken line", at: SampleEvent.time, nextAttempt: SampleEvent.time)
            try await outbox.park(entry, reasons: ["not today"], at: SampleEvent.time)
        }
        if try await outbox.list(.parked).contains(where: { $0.ivorn == refused.ivorn }) {
            try await outbox.retry(refused.name)
        }
        let unwanted = events[3]
        if !world.dropped.contains(unwanted.ivorn) {
            world.dropped.insert(unwanted.ivorn)
            if try await outbox.pending().contains(where: { $0.ivorn == unwanted.ivorn }) {
                try await outbox.drop(unwanted.name)
            }
        }
        for entry in try await outbox.pending() {
            let bytes = try await outbox.event(entry)
            #expect(bytes == events.first { $0.ivorn == entry.ivorn }?.bytes)
            if world.recorded.contains(entry.ivorn) { world.sentAgain.insert(entry.ivorn) }
            world.received[entry.ivorn, default: 0] += 1
            try await outbox.acknowledge(entry, response: nil, at: SampleEvent.time)
            world.recorded.insert(entry.ivorn)
        }
    }

    private func open(_ disk: SimulatedDisk) throws -> Outbox {
        try Outbox(directory: "/outbox", limits: OutboxLimits(minimumFreeBytes: 0, hardFloorBytes: 0), files: disk)
    }

    private func recover(_ disk: SimulatedDisk, _ crash: Crash) {
        switch crash {
        case .powerCut: disk.powerCut()
        case .processDeath: disk.processDeath()
        }
    }

    /// Runs a night that is cut after `operations` changes of the disk, and again `again` changes into the recovery.
    private func run(_ crash: Crash, after operations: Int, again: Int? = nil) async throws -> World {
        let disk = SimulatedDisk()
        var world = World()
        disk.die(after: operations)
        if let outbox = try? open(disk) { try? await night(outbox, &world) }
        recover(disk, crash)
        if let again {
            disk.die(after: again)
            if let outbox = try? open(disk) { try? await night(outbox, &world) }
            recover(disk, crash)
        }
        let outbox = try open(disk)
        #expect(outbox.recoveryNotices.allSatisfy { $0.kind != .setAside && $0.kind != .foreign })
        // Of what was committed, everything is somewhere, whole, before the night goes on.
        for ivorn in world.committed.subtracting(world.dropped) {
            let entries = try await outbox.pending() + outbox.list(.parked) + outbox.list(.sent)
            let entry = try #require(entries.first { $0.ivorn == ivorn }, "lost \(ivorn) after \(operations)")
            #expect(entries.count { $0.ivorn == ivorn } == 1)
            #expect(try await outbox.event(entry) == events.first { $0.ivorn == ivorn }?.bytes)
            #expect(entry.evidence.map(\.bytes) == [1000])
        }
        try await night(outbox, &world)
        return world
    }

    private func operationsOfANight() async throws -> Int {
        let disk = SimulatedDisk()
        var world = World()
        try await night(open(disk), &world)
        #expect(world.received.values.allSatisfy { $0 == 1 })
        #expect(world.received.count == 3)
        return disk.operationCount
    }

    private func check(_ world: World, _ place: String) {
        for event in events where !world.dropped.contains(event.ivorn) {
            #expect(world.received[event.ivorn, default: 0] >= 1, "\(event.ivorn) never arrived, \(place)")
        }
        #expect(world.sentAgain.isEmpty, "sent after its acknowledgement was recorded, \(place)")
    }

    @Test(arguments: Crash.allCases)
    func `Whenever the machine goes down, nothing committed is lost and nothing acknowledged is sent again`(
        crash: Crash
    ) async throws {
        let operations = try await operationsOfANight()
        #expect(operations > 60)
        for operation in 0...operations {
            let world = try await run(crash, after: operation)
            check(world, "\(crash) after operation \(operation)")
            // One event at most was under way to the broker when the machine went down.
            #expect(world.received.values.count { $0 > 1 } <= 1)
        }
    }

    @Test(arguments: Crash.allCases)
    func `Going down again while recovering loses nothing either`(crash: Crash) async throws {
        let operations = try await operationsOfANight()
        for operation in stride(from: 0, through: operations, by: 3) {
            for again in stride(from: 0, through: 60, by: 4) {
                check(
                    try await run(crash, after: operation, again: again),
                    "\(crash) after operation \(operation) and \(again)")
            }
        }
    }
}
