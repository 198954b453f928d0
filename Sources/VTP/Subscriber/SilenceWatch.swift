// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Closes a connection on which nothing has arrived for too long: the peer or the line is gone.
final class SilenceWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let limit: TimeAmount
    private var lastArrival = NIODeadline.uptimeNanoseconds(0)
    private var timer: Scheduled<Void>?

    init(limit: TimeAmount) { self.limit = limit }

    func channelActive(context: ChannelHandlerContext) {
        lastArrival = context.eventLoop.now
        schedule(context: context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // The timer is not moved for each message: when it fires it looks how long the silence really is.
        lastArrival = context.eventLoop.now
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    private func schedule(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: lastArrival + limit) {
            guard context.eventLoop.now >= self.lastArrival + self.limit else {
                return self.schedule(context: context)
            }
            context.fireErrorCaught(
                VTPError(
                    .timedOut, place: "connection",
                    message: "nothing was heard for \(self.limit.nanoseconds / 1_000_000_000) s"))
            context.close(promise: nil)
        }
    }
}
