// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix

/// A VTP broker: takes events from authors, stores them in its log and relays them to subscribers.
///
/// An acknowledged event is in the log. The bytes are relayed untouched.
public actor VTPBroker {
    /// Connections that may wait to be accepted.
    private static let backlog: Int32 = 256
    /// Packets above this size, which take milliseconds to be judged, leave the event loop.
    private static let largePacketBytes = 64 << 10

    /// Where authors connect, with the real port.
    public nonisolated let submitAddress: VTPAddress
    /// Where subscribers connect, with the real port.
    public nonisolated let subscribeAddress: VTPAddress

    private let intake: EventIntake
    private let policy: PolicyInForce
    private let listeners: [any Channel]
    private let authors: ConnectionRegistry
    private let subscribers: ConnectionRegistry
    private let filterThreads: NIOThreadPool
    private let relay: EventRelay
    private let relayTask: Task<Void, Never>
    private var isShutDown = false

    /// Opens both ports and begins to serve.
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
        let submit = try await VTPBroker.listen(
            on: options.submitAddress, registry: authors, eventLoopGroup: eventLoopGroup, logger: logger,
            remedy: "choose another submit port, or stop the program that uses this one"
        ) { pipeline, peer, logger in
            let limits = policy.limits
            try pipeline.addHandlers([
                ByteToMessageHandler(FrameDecoder(maximumBytes: limits.maximumEventBytes)),
                FrameEncoder(),
                ReceiverHandler(
                    identity: options.identity, timeout: .seconds(Int64(limits.authorTimeoutSeconds)), logger: logger
                ) { bytes, eventLoop in
                    let source = EventSource(kind: .author(peer.address), name: peer.name)
                    let access = policy.access
                    guard
                        rates.allows(
                            peer.address, perMinute: access.eventsPerMinute, burst: access.eventBurst, now: .now())
                    else {
                        return eventLoop.makeSucceededFuture(.close(reason: "its address submits too much"))
                    }
                    // A large packet would hold up all others on the event loop.
                    return bytes.count > VTPBroker.largePacketBytes
                        ? eventLoop.makeFutureWithTask { await intake.receive(bytes, from: source) }
                        : eventLoop.future { await intake.receive(bytes, from: source) }
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
        let subscribe: any Channel
        do {
            subscribe = try await VTPBroker.listen(
                on: options.subscribeAddress, registry: subscribers, eventLoopGroup: eventLoopGroup,
                waterMark: .init(
                    low: options.policy.limits.maximumQueuedBytesPerSubscriber / 2,
                    high: options.policy.limits.maximumQueuedBytesPerSubscriber),
                logger: logger,
                remedy: "choose another subscribe port, or stop the program that uses this one"
            ) { pipeline, _, logger in
                try pipeline.addHandlers([
                    ByteToMessageHandler(FrameDecoder(maximumBytes: policy.limits.maximumSubscriberMessageBytes)),
                    BroadcasterHandler(
                        identity: options.identity, policy: policy, service: service, logger: logger),
                ])
            }
        } catch {
            _ = try? await submit.close().get()
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
        listeners = [submit, subscribe]
        submitAddress = VTPAddress(
            host: options.submitAddress.host, port: submit.localAddress?.port ?? options.submitAddress.port)
        subscribeAddress = VTPAddress(
            host: options.subscribeAddress.host, port: subscribe.localAddress?.port ?? options.subscribeAddress.port)
    }

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

    /// Who is at the other end of a connection.
    private struct Peer: Sendable {
        /// `address:port`, for the log.
        let name: String
        let address: IPAddress?

        init(_ address: SocketAddress?) {
            name = VTPAddress(host: address?.ipAddress ?? "unknown", port: address?.port ?? 0).description
            self.address = IPAddress(address)
        }
    }

    private static func listen(
        on address: VTPAddress, registry: ConnectionRegistry, eventLoopGroup: any EventLoopGroup,
        waterMark: ChannelOptions.Types.WriteBufferWaterMark = .init(low: 32 << 10, high: 64 << 10),
        logger: Logger, remedy: String,
        addHandlers: @escaping @Sendable (ChannelPipeline.SynchronousOperations, Peer, Logger) throws -> Void
    ) async throws(VTPError) -> any Channel {
        do {
            return try await ServerBootstrap(group: eventLoopGroup)
                .serverChannelOption(.backlog, value: backlog)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelOption(.writeBufferWaterMark, value: waterMark)
                .childChannelInitializer { channel in
                    let peer = Peer(channel.remoteAddress)
                    if let objection = registry.admit(channel, from: peer.address) {
                        logger.warning(
                            "turned away", metadata: ["peer": "\(peer.name)", "reason": "\(objection)"])
                        return channel.close()
                    }
                    var connectionLogger = logger
                    connectionLogger[metadataKey: "peer"] = "\(peer.name)"
                    return channel.eventLoop.makeCompletedFuture { [connectionLogger] in
                        try addHandlers(channel.pipeline.syncOperations, peer, connectionLogger)
                    }
                }
                .bind(host: address.host, port: address.port)
                .get()
        } catch {
            throw VTPError(
                .cannotListen, place: address.description, message: "cannot listen: \(connectionFailure(error))",
                remedy: remedy)
        }
    }
}
