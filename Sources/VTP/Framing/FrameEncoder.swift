// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Puts the 4-byte big-endian length before each outgoing message (VTP 2.0 §3.2).
///
/// Length and message are written one after the other, so that a message shared by many subscribers is not copied.
final class FrameEncoder: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let message = unwrapOutboundIn(data)
        guard let length = UInt32(exactly: message.readableBytes) else {
            promise?.fail(
                VTPError(.tooLarge, place: "message", message: "the length does not fit in four bytes"))
            return
        }
        var header = context.channel.allocator.buffer(capacity: FrameDecoder.headerBytes)
        header.writeInteger(length)
        context.write(wrapOutboundOut(header), promise: nil)
        context.write(wrapOutboundOut(message), promise: promise)
    }
}
