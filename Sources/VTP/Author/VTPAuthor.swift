// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// The author's side of VTP: brings one event to a broker and waits for its answer.
///
/// It keeps nothing. Who must not lose the event keeps it (the agent in its outbox) until `submit` has returned.
public struct VTPAuthor: Sendable {
    /// How long and how much an author bears.
    public struct Limits: Sendable, Hashable {
        /// Time for the connection to be made.
        public var connectTimeoutSeconds: Int
        /// Time from the connection to the answer.
        public var answerTimeoutSeconds: Int
        /// Largest answer that is read, in bytes.
        public var maximumAnswerBytes: Int

        /// Limits for use on the Internet: 10 s to connect, 30 s for the answer, 1 MiB of it.
        public init(
            connectTimeoutSeconds: Int = 10, answerTimeoutSeconds: Int = 30, maximumAnswerBytes: Int = 1 << 20
        ) {
            self.connectTimeoutSeconds = connectTimeoutSeconds
            self.answerTimeoutSeconds = answerTimeoutSeconds
            self.maximumAnswerBytes = maximumAnswerBytes
        }
    }

    private let broker: VTPAddress
    private let limits: Limits
    private let shield: (any ConnectionShield)?
    private let eventLoopGroup: any EventLoopGroup

    /// An author that submits to `broker`; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - broker: the broker's submit port.
    ///   - limits: how long to wait.
    ///   - shield: protects the connection; nil for plain VTP.
    ///   - eventLoopGroup: where the network work runs; the caller owns it.
    public init(
        broker: VTPAddress, limits: Limits = Limits(), shield: (any ConnectionShield)? = nil,
        eventLoopGroup: any EventLoopGroup
    ) {
        self.broker = broker
        self.limits = limits
        self.shield = shield
        self.eventLoopGroup = eventLoopGroup
    }

    /// Sends one event on a connection of its own and waits for the broker's answer.
    ///
    /// - Parameters:
    ///   - packet: the event as it is to be relayed, byte for byte.
    ///   - ivorn: the event's ivorn, by which the answer is recognised.
    /// - Returns: the broker's final answer.
    /// - Throws: a temporary failure; the event was not acknowledged and may be sent again. If the answer was lost
    ///   on the way, the broker has the event already and a good broker acknowledges it again.
    public func submit(_ packet: [UInt8], ivorn: String) async throws(VTPError) -> SubmissionAnswer {
        let eventLoop = eventLoopGroup.next()
        let answer = eventLoop.makePromise(of: SubmissionAnswer.self)
        let channel: any Channel
        do {
            channel = try await connect(packet, ivorn: ivorn, on: eventLoop, answer: answer)
        } catch {
            let failure = VTPError(
                .cannotConnect, place: broker.description, message: "no connection: \(connectionFailure(error))",
                remedy: "check the address and that the broker runs")
            answer.fail(failure)
            throw failure
        }
        do {
            return try await withTaskCancellationHandler {
                try await answer.futureResult.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            if Task.isCancelled { throw VTPError(.cancelled, place: broker.description, message: "given up") }
            throw error as? VTPError ?? VTPError(.closed, place: broker.description, message: connectionFailure(error))
        }
    }

    private func connect(
        _ packet: [UInt8], ivorn: String, on eventLoop: any EventLoop, answer: EventLoopPromise<SubmissionAnswer>
    ) async throws -> any Channel {
        let place = broker.description
        let (limits, shield, host) = (limits, shield, broker.host)
        return try await ClientBootstrap(group: eventLoop)
            .connectTimeout(.seconds(Int64(limits.connectTimeoutSeconds)))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    _ = try shield?.protect(channel, host: host)
                    try channel.pipeline.syncOperations.addHandlers([
                        ByteToMessageHandler(FrameDecoder(maximumBytes: limits.maximumAnswerBytes)),
                        FrameEncoder(),
                        SubmissionHandler(
                            packet: packet, ivorn: ivorn, place: place,
                            answerTimeout: .seconds(Int64(limits.answerTimeoutSeconds)), answer: answer),
                    ])
                }
            }
            .connect(host: broker.host, port: broker.port)
            .get()
    }
}
