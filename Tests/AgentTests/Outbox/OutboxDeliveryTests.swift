// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite(.timeLimit(.minutes(2)))
struct OutboxDeliveryTests {
    private let disk = SimulatedDisk()
    private let broker = ScriptedBroker()
    private let clock = ManualClock()
    private let outbox: Outbox
    private let progress: AsyncStream<DeliveryProgress>
    private let delivery: OutboxDelivery<ManualClock, ConstantGenerator>

    init() throws {
        outbox = try Outbox(
            directory: "/outbox", limits: OutboxLimits(minimumFreeBytes: 0, hardFloorBytes: 0), files: disk)
        let (progress, continuation) = AsyncStream.makeStream(of: DeliveryProgress.self)
        self.progress = progress
        delivery = OutboxDelivery(
            outbox: outbox, submitter: broker, backoff: RetryBackoff(firstSeconds: 1, maximumSeconds: 60), clock: clock,
            generator: ConstantGenerator(), rescanInterval: ManualClock.forever, now: { SampleEvent.time },
            report: { continuation.yield($0) })
    }

    /// Makes every wait the longest that is allowed: 1, 2, 4 … seconds.
    struct ConstantGenerator: RandomNumberGenerator {
        mutating func next() -> UInt64 { .max }
    }

    private func events(_ count: Int) -> [SampleEvent] { (1...count).map { SampleEvent(number: $0) } }

    /// Waits until this many events were acknowledged or parked.
    private func settled(_ count: Int) async {
        var left = count
        for await step in progress {
            switch step {
            case .delivered, .refused: left -= 1
            case .delayed, .failed: break
            }
            if left == 0 { return }
        }
    }

    /// Runs the delivery while `body` looks on, then ends it.
    private func delivering(_ body: () async throws -> Void) async rethrows {
        let task = Task { await delivery.run() }
        try await body()
        task.cancel()
        await task.value
    }

    @Test func `Events are sent in order, once, byte for byte, and recorded as sent`() async throws {
        let events = events(5)
        for event in events.reversed() { try await outbox.keep(event) }
        await delivering { await settled(5) }
        #expect(await broker.accepted.map(\.ivorn) == events.map(\.ivorn))
        #expect(await broker.accepted.map(\.bytes) == events.map(\.bytes))
        #expect(try await outbox.names(.sent) == events.map(\.name.text))
        #expect(try await outbox.list(.sent).allSatisfy { $0.delivery.response == "ivo://broker" })
        #expect(try await outbox.pending().isEmpty)
    }

    @Test func `A new event wakes the delivery`() async throws {
        let events = events(2)
        try await delivering {
            try await outbox.keep(events[0])
            await settled(1)
            try await outbox.keep(events[1])
            await settled(1)
        }
        #expect(await broker.accepted.map(\.ivorn) == events.map(\.ivorn))
    }

    @Test func `While the broker is away waits grow to the limit, and then all events arrive in order`() async throws {
        let events = events(50)
        for event in events { try await outbox.keep(event) }
        await broker.fail(31)
        var waits: [Double] = []
        await delivering {
            while waits.count < 31 { waits.append(await clock.wakeNext() / .seconds(1)) }
            await settled(50)
        }
        // Nothing is tried out of turn: it is the broker that is away.
        #expect(Set(await broker.attempts.prefix(31)) == [events[0].ivorn])
        #expect(waits.prefix(8).map { $0.rounded() } == [1, 2, 4, 8, 16, 32, 60, 60])
        #expect(await broker.accepted.map(\.ivorn) == events.map(\.ivorn))
    }

    @Test func `A broker that answers nothing and then again may get one event early, and every one once`() async throws
    {
        let events = events(20)
        for event in events { try await outbox.keep(event) }
        // The sixth failure is followed at once by an attempt with another event, which gets through.
        await broker.fail(DeliveryBlockage.patience, isReached: true)
        await delivering {
            for _ in 1..<DeliveryBlockage.patience { _ = await clock.wakeNext() }
            await settled(20)
        }
        let accepted = await broker.accepted.map(\.ivorn)
        #expect(accepted.sorted() == events.map(\.ivorn))
        #expect(accepted.dropFirst().sorted() == Array(accepted.dropFirst()))
        #expect(try await outbox.names(.parked).isEmpty)
    }

    @Test func `A failed attempt stands where the operator looks`() async throws {
        let event = SampleEvent(number: 1)
        try await outbox.keep(event)
        await broker.fail(1_000_000)
        try await delivering {
            _ = await clock.wakeNext()
            _ = await clock.wakeNext()
            let entry = try await outbox.show(event.name)
            #expect(entry.delivery.failedAttempts >= 2)
            #expect(entry.delivery.lastError == "broker: connection refused")
            #expect(entry.delivery.nextAttempt.map { $0 > SampleEvent.time } == true)
        }
        #expect(try await outbox.names(.pending) == [event.name.text])
    }

    @Test func `A refused event is parked with the broker's reasons, and the next one follows at once`() async throws {
        let events = events(3)
        for event in events { try await outbox.keep(event) }
        await broker.answer(events[1].ivorn, [.refused(reasons: ["not valid: line 3"])])
        await delivering { await settled(3) }
        #expect(await broker.accepted.map(\.ivorn) == [events[0].ivorn, events[2].ivorn])
        #expect(try await outbox.list(.parked).map(\.delivery.refusalReasons) == [["not valid: line 3"]])
    }

    @Test func `An event that fails for ever does not block the others for ever`() async throws {
        let events = events(4)
        for event in events { try await outbox.keep(event) }
        await broker.answer(events[0].ivorn, Array(repeating: nil, count: 1000))
        await delivering {
            for _ in 1..<DeliveryBlockage.patience { _ = await clock.wakeNext() }
            await settled(4)
        }
        #expect(Set(await broker.accepted.map(\.ivorn)) == Set(events.dropFirst().map(\.ivorn)))
        let parked = try await outbox.list(.parked)
        #expect(parked.map(\.ivorn) == [events[0].ivorn])
        #expect(parked.first?.delivery.refusalReasons.first?.contains("while other events were") == true)
    }

    @Test func `A single event that fails is tried for ever and never parked`() async throws {
        try await outbox.keep(SampleEvent(number: 1))
        await broker.fail(40)
        await delivering {
            for _ in 1...40 { _ = await clock.wakeNext() }
            await settled(1)
        }
        #expect(await broker.attempts.count == 41)
    }

    @Test func `A damaged event is set aside and does not stop the others`() async throws {
        let events = events(2)
        let entry = try await outbox.keep(events[0]).entry
        try await outbox.keep(events[1])
        try disk.removeFile(entry.path + "/event.xml")
        await delivering { await settled(1) }
        #expect(await broker.accepted.map(\.ivorn) == [events[1].ivorn])
        #expect(try await outbox.names(.damaged) == [events[0].name.text])
    }

    @Test func `Ended while it waits, it ends at once and keeps what it has`() async throws {
        try await outbox.keep(SampleEvent(number: 1))
        await broker.fail(1_000_000)
        await delivering { _ = await clock.wakeNext() }
        #expect(try await outbox.pending().count == 1)
    }

    @Test func `Waits double, end at the limit, and are drawn from the upper half`() {
        var generator = SystemRandomNumberGenerator()
        let backoff = RetryBackoff(firstSeconds: 1, maximumSeconds: 300)
        for (failures, due) in [(1, 1.0), (2, 2), (9, 256), (10, 300), (1_000_000, 300)] {
            for _ in 1...100 {
                let wait = backoff.wait(afterFailures: failures, using: &generator)
                #expect(wait >= due / 2 && wait <= due)
            }
        }
    }
}
