// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix
import Synchronization
import Testing
import UTC
import VTPTrials

@testable import VTP

/// Author, broker and subscriber talking over loopback.
struct BrokerScenarioTests {
    private static let group = MultiThreadedEventLoopGroup.singleton
    private let log = MemoryLog()

    private func startBroker(
        limits: BrokerLimits = BrokerLimits(), access: AccessRules = AccessRules()
    ) async throws -> VTPBroker {
        let address = VTPAddress(host: "127.0.0.1", port: 0)
        return try await VTPBroker(
            options: BrokerOptions(
                identity: "ivo://broker/x", submitAddress: address, subscribeAddress: address,
                policy: BrokerPolicy(limits: limits, access: access)),
            log: log, eventLoopGroup: Self.group, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Runs a subscriber until it has `count` events; `body` runs when it is known to the broker.
    private func subscribe(
        to broker: VTPBroker, count: Int, filters: [String] = [], resumeAfter: ResumePoint? = nil,
        body: @escaping @Sendable () async throws -> Void
    ) async throws -> [[UInt8]] {
        let subscriber = VTPSubscriber(
            options: SubscriberOptions(
                broker: broker.subscribeAddress, identity: "ivo://subscriber/y", filters: filters,
                firstConnectionMustSucceed: true),
            eventLoopGroup: Self.group, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let received = Mutex<[[UInt8]]>([])
        let (ready, readiness) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                for await _ in ready { break }
                try await body()
            }
            try await subscriber.run(resumeAfter: { resumeAfter }, onReady: { _ in readiness.yield() }) { event in
                let total = received.withLock { received in
                    received.append(event.packet)
                    return received.count
                }
                return total == count ? .stop : .goOn
            }
            readiness.finish()
            try await tasks.waitForAll()
        }
        return received.withLock { $0 }
    }

    private func author(for broker: VTPBroker) -> VTPAuthor {
        VTPAuthor(broker: broker.submitAddress, eventLoopGroup: Self.group)
    }

    @Test func `Events reach a subscriber in order, byte for byte, and a resend is not relayed`() async throws {
        let broker = try await startBroker()
        let author = author(for: broker)
        let received = try await subscribe(to: broker, count: 3) {
            for number in [1, 1, 2, 3] {
                let answer = try await author.submit(
                    SampleEvents.packet(number), ivorn: SampleEvents.ivorn(number))
                #expect(answer == .acknowledged(response: "ivo://broker/x"))
            }
        }
        #expect(received == [1, 2, 3].map { SampleEvents.packet($0) })
        await broker.shutDown()
    }

    @Test func `An author is told every reason of a refusal`() async throws {
        let broker = try await startBroker()
        let answer = try await author(for: broker).submit(
            SampleEvents.packet(what: "<Nonsense/><More/>"), ivorn: SampleEvents.ivorn())
        guard case .refused(let reasons) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(reasons.contains { $0.contains("Nonsense") } && reasons.contains { $0.contains("More") })
        await broker.shutDown()
    }

    @Test func `An author whose event cannot be stored may try again`() async throws {
        let broker = try await startBroker()
        await log.fill()
        let failure = await #expect(throws: VTPError.self) {
            try await author(for: broker).submit(SampleEvents.packet(), ivorn: SampleEvents.ivorn())
        }
        #expect(failure?.code == .closed)
        await broker.shutDown()
    }

    @Test func `The same event from many authors at once is stored once and acknowledged to all`() async throws {
        let broker = try await startBroker()
        let author = author(for: broker)
        try await withThrowingTaskGroup(of: SubmissionAnswer.self) { group in
            for _ in 0..<20 {
                group.addTask { try await author.submit(SampleEvents.packet(), ivorn: SampleEvents.ivorn()) }
            }
            for try await answer in group { #expect(answer == .acknowledged(response: "ivo://broker/x")) }
        }
        #expect(await log.count == 1)
        await broker.shutDown()
    }

    @Test func `One author too many is turned away and the broker goes on`() async throws {
        var limits = BrokerLimits()
        limits.maximumAuthors = 1
        let broker = try await startBroker(limits: limits)
        let idle = try await ClientBootstrap(group: Self.group)
            .connect(host: "127.0.0.1", port: broker.submitAddress.port).get()
        let failure = await #expect(throws: VTPError.self) {
            try await author(for: broker).submit(SampleEvents.packet(), ivorn: SampleEvents.ivorn())
        }
        #expect(failure?.code == .closed)
        // On a busy machine the broker may have taken it for idle before.
        try? await idle.close()
        await broker.shutDown()
    }

    @Test func `Who may connect is changed while others are served`() async throws {
        let broker = try await startBroker()
        let author = author(for: broker)
        let received = try await subscribe(to: broker, count: 2) {
            _ = try await author.submit(SampleEvents.packet(1), ivorn: SampleEvents.ivorn(1))
            var access = AccessRules()
            access.authors = ["192.0.2.0/24"].compactMap(AddressRange.init)
            access.subscribers = []
            await broker.apply(BrokerPolicy(access: access))
            let failure = await #expect(throws: VTPError.self) {
                try await author.submit(SampleEvents.packet(2), ivorn: SampleEvents.ivorn(2))
            }
            #expect(failure?.code == .closed)
            await broker.apply(BrokerPolicy())
            _ = try await author.submit(SampleEvents.packet(3), ivorn: SampleEvents.ivorn(3))
        }
        #expect(received == [SampleEvents.packet(1), SampleEvents.packet(3)])
        await broker.shutDown()
    }

    @Test func `A subscriber that asks for the past gets it in order and then what comes`() async throws {
        let broker = try await startBroker()
        let author = author(for: broker)
        for number in 1...5 {
            _ = try await author.submit(SampleEvents.packet(number), ivorn: SampleEvents.ivorn(number))
        }
        let received = try await subscribe(to: broker, count: 5, resumeAfter: .sequence(2)) {
            for number in 6...7 {
                _ = try await author.submit(SampleEvents.packet(number), ivorn: SampleEvents.ivorn(number))
            }
        }
        #expect(received == (3...7).map { SampleEvents.packet($0) })
        await broker.shutDown()
    }

    @Test func `What another broker sends is judged by the same rules, and what is known goes no further`() async throws
    {
        let broker = try await startBroker()
        let other = VTPAddress(host: "192.0.2.1", port: 8099)
        let received = try await subscribe(to: broker, count: 2) {
            try await broker.relay(SampleEvents.packet(1), from: other)
            try await broker.relay(SampleEvents.packet(1), from: other)
            try await broker.relay(SampleEvents.packet(2, what: "<Nonsense/>"), from: other)
            try await broker.relay(SampleEvents.packet(3), from: other)
        }
        #expect(received == [SampleEvents.packet(1), SampleEvents.packet(3)])
        await log.fill()
        let failure = await #expect(throws: VTPError.self) {
            try await broker.relay(SampleEvents.packet(4), from: other)
        }
        #expect(failure?.code == .storageFailed)
        await broker.shutDown()
    }

    @Test func `A port in use is a clear error`() async throws {
        let broker = try await startBroker()
        let failure = await #expect(throws: VTPError.self) {
            _ = try await VTPBroker(
                options: BrokerOptions(
                    identity: "ivo://broker/y", submitAddress: broker.submitAddress,
                    subscribeAddress: VTPAddress(host: "127.0.0.1", port: 0)),
                log: log, eventLoopGroup: Self.group, logger: Logger(label: "test"))
        }
        #expect(failure?.code == .cannotListen)
        #expect(failure?.message == "cannot listen: address already in use")
        await broker.shutDown()
    }

    @Test func `After shutting down nobody listens and a second shutdown does nothing`() async throws {
        let broker = try await startBroker()
        await broker.shutDown()
        await broker.shutDown()
        let failure = await #expect(throws: VTPError.self) {
            try await author(for: broker).submit(SampleEvents.packet(), ivorn: SampleEvents.ivorn())
        }
        #expect(failure?.code == .cannotConnect)
    }

    @Test func `A handler that fails ends the subscription with its error and nothing is acknowledged`() async throws {
        struct DiskFull: Error {}
        let broker = try await startBroker()
        let author = author(for: broker)
        let subscriber = VTPSubscriber(
            options: SubscriberOptions(broker: broker.subscribeAddress, identity: "ivo://subscriber/y"),
            eventLoopGroup: Self.group, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let failure = await #expect(throws: VTPError.self) {
            try await subscriber.run(onReady: { _ in
                Task { try await author.submit(SampleEvents.packet(), ivorn: SampleEvents.ivorn()) }
            }) { _ in throw DiskFull() }
        }
        #expect(failure?.code == .handlingFailed)
        await broker.shutDown()
    }

    @Test func `A subscriber comes back by itself after the broker was restarted`() async throws {
        let first = try await startBroker()
        let subscriber = VTPSubscriber(
            options: SubscriberOptions(broker: first.subscribeAddress, identity: "ivo://subscriber/y"),
            eventLoopGroup: Self.group, clock: ImpatientClock(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let (ready, readiness) = AsyncStream.makeStream(of: Void.self)
        let listening = Task {
            try await subscriber.run(onReady: { _ in readiness.yield() }) { event in
                event.packet == SampleEvents.packet(7) ? .stop : .goOn
            }
        }
        var connections = ready.makeAsyncIterator()
        await connections.next()
        await first.shutDown()
        let second = try await VTPBroker(
            options: BrokerOptions(
                identity: "ivo://broker/x", submitAddress: VTPAddress(host: "127.0.0.1", port: 0),
                subscribeAddress: first.subscribeAddress),
            log: log, eventLoopGroup: Self.group, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        await connections.next()
        _ = try await author(for: second).submit(SampleEvents.packet(7), ivorn: SampleEvents.ivorn(7))
        try await listening.value
        await second.shutDown()
    }

    @Test func `A subscription ends when its task is cancelled`() async throws {
        let broker = try await startBroker()
        let subscriber = VTPSubscriber(
            options: SubscriberOptions(broker: broker.subscribeAddress, identity: "ivo://subscriber/y"),
            eventLoopGroup: Self.group, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let (ready, readiness) = AsyncStream.makeStream(of: Void.self)
        let listening = Task { try await subscriber.run(onReady: { _ in readiness.yield() }) { _ in .goOn } }
        for await _ in ready { break }
        listening.cancel()
        let failure = await #expect(throws: VTPError.self) { try await listening.value }
        #expect(failure?.code == .cancelled)
        await broker.shutDown()
    }

    @Test func `A broker that cannot be reached at the start is an error where one is wanted`() async throws {
        let broker = try await startBroker()
        await broker.shutDown()
        let subscriber = VTPSubscriber(
            options: SubscriberOptions(
                broker: broker.subscribeAddress, identity: "ivo://subscriber/y", firstConnectionMustSucceed: true),
            eventLoopGroup: Self.group, logger: Logger(label: "test"))
        let failure = await #expect(throws: VTPError.self) { try await subscriber.run { _ in .goOn } }
        #expect(failure?.code == .cannotConnect)
    }
}
