// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// Authors that submit without a pause: a number of connections in flight, each waiting for its answer.
final class AuthorLoad: Sendable {
    /// What the authors have seen.
    struct Outcome: Sendable {
        var accepted = 0
        var refused = 0
        /// Connections that ended without an answer.
        var failed = 0
        /// From submission to acknowledgement.
        var latencies = LatencyHistogram()
    }

    private let desks: [(eventLoop: any EventLoop, desk: NIOLoopBound<AuthorDesk>)]

    /// Authors that are ready to begin.
    ///
    /// - Parameters:
    ///   - inFlight: authors that wait for an answer at a time.
    ///   - keepsConnection: true if an author submits many events on one connection, false for one connection an event.
    init(
        broker: SocketAddress, packet: LoadPacket, inFlight: Int, keepsConnection: Bool,
        eventLoopGroup: any EventLoopGroup
    ) async throws {
        var desks: [(any EventLoop, NIOLoopBound<AuthorDesk>)] = []
        for number in 0..<inFlight {
            let eventLoop = eventLoopGroup.next()
            let desk = try await eventLoop.submit {
                NIOLoopBound(
                    AuthorDesk(
                        broker: broker, packet: packet, number: number, stride: inFlight,
                        keepsConnection: keepsConnection, eventLoop: eventLoop), eventLoop: eventLoop)
            }.get()
            desks.append((eventLoop, desk))
        }
        self.desks = desks
    }

    /// Lets all authors begin.
    func start() async throws {
        for (eventLoop, desk) in desks { try await eventLoop.submit { desk.value.start() }.get() }
    }

    /// Lets every author wait for the answer that is due, and end; what they have seen altogether.
    func stop() async throws -> Outcome {
        var total = Outcome()
        for (eventLoop, desk) in desks {
            let ended = try await eventLoop.flatSubmit { desk.value.stop() }.get()
            total.accepted += ended.accepted
            total.refused += ended.refused
            total.failed += ended.failed
            total.latencies.add(ended.latencies)
        }
        return total
    }
}

/// One author after the other, or one that stays: at any time one event waits for its answer.
private final class AuthorDesk {
    private let broker: SocketAddress
    private let packet: LoadPacket
    private let stride: Int
    private let keepsConnection: Bool
    private let eventLoop: any EventLoop
    private var next: Int
    private var began = NIODeadline.now()
    private var isEnding = false
    private var outcome = AuthorLoad.Outcome()
    private let ended: EventLoopPromise<AuthorLoad.Outcome>

    init(
        broker: SocketAddress, packet: LoadPacket, number: Int, stride: Int, keepsConnection: Bool,
        eventLoop: any EventLoop
    ) {
        self.broker = broker
        self.packet = packet
        next = number
        self.stride = stride
        self.keepsConnection = keepsConnection
        self.eventLoop = eventLoop
        ended = eventLoop.makePromise()
    }

    func start() { connect() }

    func stop() -> EventLoopFuture<AuthorLoad.Outcome> {
        isEnding = true
        return ended.futureResult
    }

    private func connect() {
        guard !isEnding else { return ended.succeed(outcome) }
        let handler = NIOLoopBound(AnswerHandler(desk: self), eventLoop: eventLoop)
        began = .now()
        ClientBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler.value) }
            }
            .connect(to: broker)
            .assumeIsolated().whenFailure { _ in self.connectionEnded(answered: false) }
    }

    /// The next event, submitted now.
    func event() -> ByteBuffer {
        if keepsConnection { began = .now() }
        defer { next += stride }
        return packet.framed(number: next, nanoseconds: Int(began.uptimeNanoseconds))
    }

    /// The broker has answered; true if the connection goes on.
    func answered(isAck: Bool) -> Bool {
        if isAck {
            outcome.accepted += 1
            outcome.latencies.add(nanoseconds: Int((NIODeadline.now() - began).nanoseconds))
        } else {
            outcome.refused += 1
        }
        return keepsConnection && !isEnding
    }

    func connectionEnded(answered: Bool) {
        if !answered { outcome.failed += 1 }
        connect()
    }
}

/// One connection of an author.
private final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let desk: AuthorDesk
    private var arrived = ByteBuffer()
    private var isAnswered = false

    init(desk: AuthorDesk) { self.desk = desk }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(desk.event()), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        arrived.writeBuffer(&part)
        guard let length = arrived.getInteger(at: arrived.readerIndex, as: UInt32.self),
            arrived.readableBytes >= 4 + Int(length)
        else { return }
        let answer = String(buffer: arrived)
        arrived.clear()
        isAnswered = true
        guard desk.answered(isAck: answer.contains("role=\"ack\"")) else { return context.close(promise: nil) }
        isAnswered = false
        context.writeAndFlush(wrapOutboundOut(desk.event()), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        desk.connectionEnded(answered: isAnswered)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
