// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// Asks the chrony of this machine for its tracking, through its command port on the loopback interface. That needs no
/// privilege.
struct ChronyClient: Sendable {
    let eventLoopGroup: any EventLoopGroup
    /// The command port, 323 unless chrony was told otherwise.
    var port = 323
    var timeout = TimeAmount.seconds(1)

    /// The tracking; nil if nobody answers, as without a chrony.
    func tracking() async -> ChronyTracking? {
        let sequence = UInt32.random(in: .min ... .max)
        do {
            let server = try SocketAddress(ipAddress: "127.0.0.1", port: port)
            let loop = eventLoopGroup.next()
            let answer = loop.makePromise(of: ChronyTracking?.self)
            let channel = try await DatagramBootstrap(group: loop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            ChronyAnswerHandler(sequence: sequence, answer: answer))
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
            let deadline = loop.scheduleTask(in: timeout) { answer.succeed(nil) }
            let request = ByteBuffer(bytes: ChronyPacket.trackingRequest(sequence: sequence))
            channel.writeAndFlush(AddressedEnvelope(remoteAddress: server, data: request)).whenFailure { _ in
                answer.succeed(nil)
            }
            let tracking = try await answer.futureResult.get()
            deadline.cancel()
            try await channel.close()
            return tracking
        } catch {
            return nil
        }
    }
}

/// Waits for the answer to one request.
private final class ChronyAnswerHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let sequence: UInt32
    private let answer: EventLoopPromise<ChronyTracking?>

    init(sequence: UInt32, answer: EventLoopPromise<ChronyTracking?>) {
        self.sequence = sequence
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Array(unwrapInboundIn(data).data.readableBytesView)
        // Anything else is not for us.
        if let tracking = ChronyPacket.tracking(in: bytes, sequence: sequence) { answer.succeed(tracking) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { answer.succeed(nil) }
}
