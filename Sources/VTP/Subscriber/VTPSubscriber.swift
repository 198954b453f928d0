// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix
import UTC

/// The subscriber's side of VTP: stays connected to a broker and hands over the events that it sends.
///
/// An event is acknowledged after its handler has returned; a handler that makes it durable first loses none.
public struct VTPSubscriber: Sendable {
    private let options: SubscriberOptions
    private let shield: (any ConnectionShield)?
    private let eventLoopGroup: any EventLoopGroup
    private let clock: any Clock<Duration>
    private let logger: Logger

    /// A subscriber; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - options: the broker, who we are, and the limits.
    ///   - shield: protects the connections; nil for plain VTP.
    ///   - eventLoopGroup: where the network work runs; the caller owns it.
    ///   - clock: measures the waits between connections.
    ///   - logger: told of connections made and lost.
    public init(
        options: SubscriberOptions, shield: (any ConnectionShield)? = nil, eventLoopGroup: any EventLoopGroup,
        clock: any Clock<Duration> = ContinuousClock(), logger: Logger
    ) {
        self.options = options
        self.shield = shield
        self.eventLoopGroup = eventLoopGroup
        self.clock = clock
        self.logger = logger
    }

    /// Listens until the handler says stop, the task is cancelled or the handler fails.
    ///
    /// A lost connection is made again after a growing, jittered wait.
    ///
    /// - Parameters:
    ///   - resumeAfter: asked at each connection up to where all events are known; nil if the past is not wanted. Only
    ///     brokers of this kind know it.
    ///   - onReady: called each time the broker has said who it is and been told of the filters.
    ///   - onLost: called each time the connection is lost, or could not be made.
    ///   - handle: deals with one event; the next one is not read before it has returned.
    /// - Throws: `cannotConnect` if the very first connection fails and `options.firstConnectionMustSucceed`,
    ///   `handlingFailed` with what the handler threw, `cancelled`.
    public func run(
        resumeAfter: @escaping @Sendable () -> ResumePoint? = { nil },
        onReady: @escaping @Sendable (VTPAddress) -> Void = { _ in },
        onLost: @escaping @Sendable (VTPError) -> Void = { _ in },
        handle: @escaping @Sendable (ReceivedEvent) async throws -> SubscriptionDirective
    ) async throws(VTPError) {
        var backoff = options.backoff
        var generator = SystemRandomNumberGenerator()
        var hasConnected = false
        while true {
            let reason: VTPError
            do {
                let channel = try await connect()
                hasConnected = true
                logger.info("connected", metadata: ["broker": "\(options.broker)"])
                let session = SubscriberSession(
                    options: options, logger: logger, resumeAfter: resumeAfter, onReady: onReady, handle: handle)
                let end = try await session.run(on: channel)
                switch end {
                case .stopped: return
                case .lost(let error, let wasUseful):
                    reason = error
                    if wasUseful { backoff.reset() }
                }
            } catch {
                guard error.code == .cannotConnect, hasConnected || !options.firstConnectionMustSucceed else {
                    throw error
                }
                reason = error
            }
            onLost(reason)
            let seconds = backoff.next(using: &generator)
            logger.warning(
                "connection lost, trying again",
                metadata: ["reason": "\(reason)", "wait_s": "\((seconds * 10).rounded() / 10)"])
            do { try await clock.sleep(for: .seconds(seconds)) } catch {
                throw VTPError(.cancelled, place: options.broker.description, message: "given up")
            }
        }
    }

    private func connect() async throws(VTPError) -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        let (options, shield) = (options, shield)
        do {
            let (connection, protection) = try await ClientBootstrap(group: eventLoopGroup)
                .connectTimeout(.seconds(Int64(options.connectTimeoutSeconds)))
                .connect(host: options.broker.host, port: options.broker.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let protection = try shield?.protect(channel, host: options.broker.host)
                        try channel.pipeline.syncOperations.addHandlers([
                            ByteToMessageHandler(FrameDecoder(maximumBytes: options.maximumMessageBytes)),
                            FrameEncoder(),
                            SilenceWatch(limit: .seconds(Int64(options.silenceSeconds))),
                        ])
                        let connection = try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                            wrappingChannelSynchronously: channel)
                        return (connection, protection)
                    }
                }
            do { _ = try await protection?.get() } catch {
                try? await connection.executeThenClose { _, _ in }
                throw error
            }
            return connection
        } catch {
            if Task.isCancelled {
                throw VTPError(.cancelled, place: options.broker.description, message: "given up")
            }
            throw VTPError(
                .cannotConnect, place: options.broker.description,
                message: "no connection: \(connectionFailure(error))",
                remedy: (error as? VTPError)?.remedy ?? "check the address and that the broker runs")
        }
    }
}
