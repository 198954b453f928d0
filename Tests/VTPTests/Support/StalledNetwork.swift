// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// A network that takes nothing: keeps every write waiting until it is released.
final class StalledNetwork: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    private var waiting: [EventLoopPromise<Void>] = []

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if let promise { waiting.append(promise) }
    }

    func release() {
        for promise in waiting { promise.succeed() }
        waiting = []
    }
}
