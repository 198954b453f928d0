// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// Subscribers that take and acknowledge every event, or that are connected and never read.
final class SubscriberCrowd: Sendable {
    /// What the subscribers have received.
    struct Outcome: Sendable {
        var deliveries = 0
        /// From submission to delivery.
        var latencies = LatencyHistogram()
    }

    private let channels: [any Channel]
    private let members: [(eventLoop: any EventLoop, handler: NIOLoopBound<CrowdHandler>)]

    /// Connects all subscribers.
    init(
        broker: SocketAddress, count: Int, packet: LoadPacket, reads: Bool = true, eventLoopGroup: any EventLoopGroup
    ) async throws {
        var channels: [any Channel] = []
        var members: [(any EventLoop, NIOLoopBound<CrowdHandler>)] = []
        for _ in 0..<count {
            let eventLoop = eventLoopGroup.next()
            let handler = try await eventLoop.submit {
                NIOLoopBound(CrowdHandler(packet: packet), eventLoop: eventLoop)
            }.get()
            let bootstrap = ClientBootstrap(group: eventLoop)
                .channelOption(.autoRead, value: reads)
                .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 64 << 10))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(handler.value)
                    }
                }
            channels.append(try await bootstrap.connect(to: broker).get())
            members.append((eventLoop, handler))
        }
        self.channels = channels
        self.members = members
    }

    /// How many subscribers the broker has greeted.
    func greeted() async throws -> Int {
        var count = 0
        for (eventLoop, handler) in members where try await eventLoop.submit({ handler.value.isGreeted }).get() {
            count += 1
        }
        return count
    }

    /// What all subscribers have received so far.
    func outcome() async throws -> Outcome {
        var total = Outcome()
        for (eventLoop, handler) in members {
            let one = try await eventLoop.submit { handler.value.outcome }.get()
            total.deliveries += one.deliveries
            total.latencies.add(one.latencies)
        }
        return total
    }

    /// Events received by all subscribers so far.
    func deliveries() async throws -> Int {
        var total = 0
        for (eventLoop, handler) in members {
            total += try await eventLoop.submit { handler.value.outcome.deliveries }.get()
        }
        return total
    }

    /// Subscribers that the broker has not disconnected.
    var connected: Int { channels.count { $0.isActive } }

    /// Ends all connections.
    func close() async {
        for channel in channels { channel.close(promise: nil) }
        for channel in channels { _ = try? await channel.closeFuture.get() }
    }
}

/// One subscriber's connection. It does as little as a subscriber can, so that the broker is what is measured.
private final class CrowdHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let header = 4
    private static let namespace = "http://www.telescope-networks.org/xml/Transport/v1.1"
    private static let ack = frame(role: "ack", origin: "ivo://psws.bench/load#1")
    private static let authenticate = frame(role: "authenticate", origin: "ivo://psws.bench/broker")
    private static let iamalive = frame(role: "iamalive", origin: "ivo://psws.bench/broker")

    private let packet: LoadPacket
    private var pending: ByteBuffer?
    private(set) var isGreeted = false
    private(set) var outcome = SubscriberCrowd.Outcome()

    init(packet: LoadPacket) { self.packet = packet }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        if var before = pending {
            pending = nil
            before.writeBuffer(&buffer)
            buffer = before
        }
        let now = Int(NIODeadline.now().uptimeNanoseconds)
        var answers = ByteBuffer()
        while let length = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self),
            buffer.readableBytes >= CrowdHandler.header + Int(length)
        {
            let start = buffer.readerIndex + CrowdHandler.header
            if Int(length) == packet.byteCount, let submitted = packet.nanoseconds(in: buffer, at: start) {
                outcome.deliveries += 1
                outcome.latencies.add(nanoseconds: now - submitted)
                answers.writeImmutableBuffer(CrowdHandler.ack)
            } else if let text = buffer.getString(at: start, length: Int(length)) {
                isGreeted = true
                answers.writeImmutableBuffer(
                    text.contains("authenticate") ? CrowdHandler.authenticate : CrowdHandler.iamalive)
            }
            buffer.moveReaderIndex(forwardBy: CrowdHandler.header + Int(length))
        }
        if buffer.readableBytes > 0 { pending = buffer }
        if answers.readableBytes > 0 { context.writeAndFlush(wrapOutboundOut(answers), promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private static func frame(role: String, origin: String) -> ByteBuffer {
        let message = """
            <?xml version='1.0' encoding='UTF-8'?>
            <trn:Transport xmlns:trn="\(namespace)" version="1.0" role="\(role)">\
            <Origin>\(origin)</Origin><Response>ivo://psws.bench/subscriber</Response>\
            <TimeStamp>2026-03-01T21:14:05Z</TimeStamp></trn:Transport>
            """
        var frame = ByteBuffer()
        frame.writeInteger(UInt32(message.utf8.count))
        frame.writeString(message)
        return frame
    }
}
