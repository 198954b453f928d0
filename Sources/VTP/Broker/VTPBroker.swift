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

    /// Where authors connect, with the real port.
    public nonisolated let submitAddress: VTPAddress
    /// Where subscribers connect, with the real port.
    public nonisolated let subscribeAddress: VTPAddress

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
        let authors = ConnectionRegistry(limit: options.limits.maximumAuthors)
        let subscribers = ConnectionRegistry(limit: options.limits.maximumSubscribers)
        let newest: EventSequence
        do { newest = try await log.newestSequence() } catch {
            throw VTPError(.storageFailed, place: "event log", message: "\(error)")
        }
        let intake = EventIntake(
            identity: options.identity, log: log, rules: EventRules(maximumBytes: options.limits.maximumEventBytes),
            logger: logger)
        let submit = try await VTPBroker.listen(
            on: options.submitAddress, for: "authors", registry: authors, eventLoopGroup: eventLoopGroup,
            logger: logger, remedy: "choose another submit port, or stop the program that uses this one"
        ) { pipeline, peer, logger in
            try pipeline.addHandlers([
                ByteToMessageHandler(FrameDecoder(maximumBytes: options.limits.maximumEventBytes)),
                FrameEncoder(),
                ReceiverHandler(
                    identity: options.identity, timeout: .seconds(Int64(options.limits.authorTimeoutSeconds)),
                    logger: logger
                ) { bytes, eventLoop in
                    eventLoop.future { await intake.receive(bytes, from: peer) }
                },
            ])
        }
        let filterThreads = NIOThreadPool(numberOfThreads: 1)
        filterThreads.start()
        let court = FilterCourt(
            threads: filterThreads, maximumDuration: .seconds(options.limits.maximumFilterSeconds))
        let groups = SubscriberGroups(eventLoops: eventLoopGroup.makeIterator())
        let feed = EventFeed(log: log, court: court)
        let relay = EventRelay(feed: feed, groups: groups, next: newest + 1, logger: logger)
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
                on: options.subscribeAddress, for: "subscribers", registry: subscribers,
                eventLoopGroup: eventLoopGroup,
                waterMark: .init(
                    low: options.limits.maximumQueuedBytesPerSubscriber / 2,
                    high: options.limits.maximumQueuedBytesPerSubscriber),
                logger: logger,
                remedy: "choose another subscribe port, or stop the program that uses this one"
            ) { pipeline, _, logger in
                try pipeline.addHandlers([
                    ByteToMessageHandler(FrameDecoder(maximumBytes: options.limits.maximumSubscriberMessageBytes)),
                    BroadcasterHandler(options: options, service: service, logger: logger),
                ])
            }
        } catch {
            _ = try? await submit.close().get()
            try? await filterThreads.shutdownGracefully()
            throw error
        }
        self.filterThreads = filterThreads
        self.authors = authors
        self.subscribers = subscribers
        self.relay = relay
        relayTask = Task(executorPreference: EventLoopExecutor(eventLoopGroup.next())) { await relay.run() }
        listeners = [submit, subscribe]
        submitAddress = VTPAddress(
            host: options.submitAddress.host, port: submit.localAddress?.port ?? options.submitAddress.port)
        subscribeAddress = VTPAddress(
            host: options.subscribeAddress.host, port: subscribe.localAddress?.port ?? options.subscribeAddress.port)
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

    private static func listen(
        on address: VTPAddress, for kind: String, registry: ConnectionRegistry, eventLoopGroup: any EventLoopGroup,
        waterMark: ChannelOptions.Types.WriteBufferWaterMark = .init(low: 32 << 10, high: 64 << 10),
        logger: Logger, remedy: String,
        addHandlers: @escaping @Sendable (ChannelPipeline.SynchronousOperations, String, Logger) throws -> Void
    ) async throws(VTPError) -> any Channel {
        do {
            return try await ServerBootstrap(group: eventLoopGroup)
                .serverChannelOption(.backlog, value: backlog)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelOption(.writeBufferWaterMark, value: waterMark)
                .childChannelInitializer { channel in
                    let peer = channel.remoteAddress?.peerName ?? "unknown"
                    guard registry.admit(channel) else {
                        logger.warning("too many \(kind), turned away", metadata: ["peer": "\(peer)"])
                        return channel.close()
                    }
                    var connectionLogger = logger
                    connectionLogger[metadataKey: "peer"] = "\(peer)"
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

extension SocketAddress {
    /// `address:port` of a peer, for the log.
    fileprivate var peerName: String { VTPAddress(host: ipAddress ?? "unknown", port: port ?? 0).description }
}
