// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix

/// A VTP broker: takes events from authors, stores them in its log and relays them to subscribers.
///
/// An acknowledged event is in the log. The bytes are relayed untouched.
public actor VTPBroker {
    /// Packets above this size, which take milliseconds to be judged, leave the event loop.
    private static let largePacketBytes = 64 << 10

    /// Where the broker is reached, in the order of its options, with the real ports.
    public nonisolated let entrances: [BrokerEntrance]

    private let intake: EventIntake
    private let policy: PolicyInForce
    private let listeners: [any Channel]
    private let authors: ConnectionRegistry
    private let subscribers: ConnectionRegistry
    private let filterThreads: NIOThreadPool
    private let relay: EventRelay
    private let relayTask: Task<Void, Never>
    private var isShutDown = false

    /// Opens all ports and begins to serve.
    ///
    /// - Parameters:
    ///   - options: identity, addresses and limits.
    ///   - log: where events are stored and read from.
    ///   - eventLoopGroup: where the network work runs; the caller owns it.
    ///   - logger: told of connections and events, one line each.
    /// - Throws: `cannotListen` or `storageFailed`; nothing is left open then.
    public init(
        options: BrokerOptions, log: any EventLog, eventLoopGroup: any EventLoopGroup, logger: Logger
    ) async throws(VTPError) {
        let policy = PolicyInForce(options.policy)
        let authors = ConnectionRegistry(.authors, policy: policy)
        let subscribers = ConnectionRegistry(.subscribers, policy: policy)
        let newest: EventSequence
        do { newest = try await log.newestSequence() } catch {
            throw VTPError(.storageFailed, place: "event log", message: "\(error)")
        }
        let intake = EventIntake(
            identity: options.identity, log: log, rules: EventRules(), policy: policy, ledger: AcceptanceLedger(),
            logger: logger)
        let rates = RateLimiter()
        let submissions = BrokerListener(registry: authors, eventLoopGroup: eventLoopGroup, logger: logger) {
            pipeline, peer, logger in
            let limits = policy.limits
            try pipeline.addHandlers([
                ByteToMessageHandler(FrameDecoder(maximumBytes: limits.maximumEventBytes)),
                FrameEncoder(),
                ReceiverHandler(
                    identity: options.identity, timeout: .seconds(Int64(limits.authorTimeoutSeconds)), logger: logger
                ) { bytes, eventLoop in
                    let access = policy.access
                    guard
                        rates.allows(
                            peer.address, perMinute: access.eventsPerMinute, burst: access.eventBurst, now: .now())
                    else {
                        return eventLoop.makeSucceededFuture(.close(reason: "its address submits too much"))
                    }
                    guard let key = peer.key else {
                        return VTPBroker.judge(bytes, from: peer, key: nil, intake: intake, on: eventLoop)
                    }
                    return key.flatMap { VTPBroker.judge(bytes, from: peer, key: $0, intake: intake, on: eventLoop) }
                },
            ])
        }
        let filterThreads = NIOThreadPool(numberOfThreads: 1)
        filterThreads.start()
        let court = FilterCourt(
            threads: filterThreads, maximumDuration: .seconds(options.policy.limits.maximumFilterSeconds))
        let groups = SubscriberGroups(eventLoops: eventLoopGroup.makeIterator())
        let feed = EventFeed(log: log, court: court)
        let relayLoop = eventLoopGroup.next()
        let relay = EventRelay(feed: feed, groups: groups, next: newest + 1, eventLoop: relayLoop, logger: logger)
        let service = SubscriberService(
            nextSequence: { relay.nextSequence },
            read: { sequence, filters, eventLoop in
                eventLoop.future { try await feed.batch(from: sequence, filters: filters) }
            },
            find: { point, eventLoop in eventLoop.future { try await feed.position(after: point) } },
            court: court, groups: groups)
        let subscriptions = BrokerListener(
            registry: subscribers, eventLoopGroup: eventLoopGroup, logger: logger,
            waterMark: .init(
                low: options.policy.limits.maximumQueuedBytesPerSubscriber / 2,
                high: options.policy.limits.maximumQueuedBytesPerSubscriber)
        ) { pipeline, _, logger in
            try pipeline.addHandlers([
                ByteToMessageHandler(FrameDecoder(maximumBytes: policy.limits.maximumSubscriberMessageBytes)),
                BroadcasterHandler(identity: options.identity, policy: policy, service: service, logger: logger),
            ])
        }
        var listeners: [any Channel] = []
        var entrances: [BrokerEntrance] = []
        do {
            for var entrance in [options.entrance] + options.otherEntrances {
                let submit = try await submissions.listen(on: entrance.submitAddress, shield: entrance.shield)
                listeners.append(submit)
                let subscribe = try await subscriptions.listen(on: entrance.subscribeAddress, shield: entrance.shield)
                listeners.append(subscribe)
                entrance.submitAddress = entrance.submitAddress.withPort(of: submit)
                entrance.subscribeAddress = entrance.subscribeAddress.withPort(of: subscribe)
                entrances.append(entrance)
            }
        } catch {
            for listener in listeners { _ = try? await listener.close().get() }
            try? await filterThreads.shutdownGracefully()
            throw error
        }
        self.intake = intake
        self.policy = policy
        self.filterThreads = filterThreads
        self.authors = authors
        self.subscribers = subscribers
        self.relay = relay
        relayTask = Task(executorPreference: EventLoopExecutor(relayLoop)) { await relay.run() }
        self.listeners = listeners
        self.entrances = entrances
    }

    /// Where authors connect, by the first entrance.
    public nonisolated var submitAddress: VTPAddress { entrances[0].submitAddress }
    /// Where subscribers connect, by the first entrance.
    public nonisolated var subscribeAddress: VTPAddress { entrances[0].subscribeAddress }

    /// Puts another policy in force, for new connections and for those that there are; none is dropped.
    ///
    /// What belongs to a connection from its beginning, the sizes of messages and of queues and the author's time, stays
    /// as it was for those that there are.
    public func apply(_ policy: BrokerPolicy) { self.policy.replace(by: policy) }

    /// Takes an event that another broker has sent, by the same rules as one from an author, but for grants.
    ///
    /// What is refused is logged with its reasons. An event that was here before goes no further: brokers that
    /// subscribe to each other cannot relay in circles.
    ///
    /// - Parameters:
    ///   - packet: the event, byte for byte.
    ///   - broker: the other broker.
    /// - Throws: `storageFailed` if it could not be stored; it may be tried again.
    public nonisolated func relay(_ packet: [UInt8], from broker: VTPAddress) async throws(VTPError) {
        let source = EventSource(kind: .broker, name: broker.description)
        if case .close(let reason) = await intake.receive(packet, from: source) {
            throw VTPError(.storageFailed, place: broker.description, message: reason)
        }
    }

    /// Takes an event from an author who is known to the caller, by the same rules as one that comes over VTP, but for
    /// the limits of connections and of rate, which are the caller's.
    ///
    /// - Parameters:
    ///   - packet: the event, byte for byte; the caller limits its size.
    ///   - author: who sends it, and what it may publish.
    ///   - peer: where it comes from, for the log.
    public nonisolated func submit(
        _ packet: [UInt8], by author: KnownAuthor, from peer: String
    ) async -> Acceptance {
        await intake.take(packet, from: EventSource(kind: .known(author), name: peer))
    }

    /// Takes an event of the centre's own, by the same rules but for grants.
    public nonisolated func submitOwn(_ packet: [UInt8]) async -> Acceptance {
        await intake.take(packet, from: EventSource(kind: .own, name: "this server"))
    }

    /// How the broker does at the moment.
    public nonisolated var figures: BrokerFigures {
        BrokerFigures(
            authors: authors.count, subscribers: subscribers.count, acceptances: intake.ledger.counts,
            storageFailure: intake.ledger.storageFailure)
    }

    /// Takes no more connections, finishes the events in flight, sends subscribers what is stored, and closes.
    public func shutDown() async {
        guard !isShutDown else { return }
        isShutDown = true
        for listener in listeners { _ = try? await listener.close().get() }
        await authors.closeAll()
        relayTask.cancel()
        await relayTask.value
        await relay.relayNewEvents()
        await subscribers.closeAll()
        try? await filterThreads.shutdownGracefully()
    }

    private static func judge(
        _ bytes: [UInt8], from peer: BrokerListener.Peer, key: [UInt8]?, intake: EventIntake,
        on eventLoop: any EventLoop
    ) -> EventLoopFuture<IntakeAnswer> {
        let source = EventSource(kind: .author(peer.address, key: key), name: peer.name)
        // A large packet would hold up all others on the event loop.
        return bytes.count > largePacketBytes
            ? eventLoop.makeFutureWithTask { await intake.receive(bytes, from: source) }
            : eventLoop.future { await intake.receive(bytes, from: source) }
    }
}

extension VTPAddress {
    /// The address with the port that a listener has really got.
    fileprivate func withPort(of listener: any Channel) -> VTPAddress {
        VTPAddress(host: host, port: listener.localAddress?.port ?? port)
    }
}
