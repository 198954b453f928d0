// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import VTP

/// Turns connections away that are too many for their address, and ends those whose clients do not take what they
/// asked for: nothing may wait for them for ever.
final class ConnectionGuard: ChannelInboundHandler, RemovableChannelHandler {
    // What goes through is no business of this handler.
    typealias InboundIn = Any

    private let settings: SettingsInForce
    private let counter: ConnectionCounter
    private let logger: Logger
    private var address: IPAddress?
    private var hasBegun = false
    private var isAdmitted = false
    private var timer: Scheduled<Void>?

    init(settings: SettingsInForce, counter: ConnectionCounter, logger: Logger) {
        self.settings = settings
        self.counter = counter
        self.logger = logger
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context: context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        begin(context: context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        if isAdmitted { counter.forget(address) }
        isAdmitted = false
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        if !context.channel.isWritable {
            let name = context.remoteAddress?.ipAddress ?? "unknown"
            let timeout = TimeAmount.seconds(Int64(settings.http.limits.requestTimeoutSeconds))
            timer = context.eventLoop.assumeIsolated().scheduleTask(in: timeout) {
                self.logger.info(
                    "disconnected", metadata: ["peer": "\(name)", "reason": "it does not take what it asked for"])
                context.close(promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }

    private func begin(context: ChannelHandlerContext) {
        guard !hasBegun else { return }
        hasBegun = true
        address = IPAddress(context.remoteAddress)
        isAdmitted = counter.admit(address, limit: settings.http.limits.maximumConnectionsPerAddress)
        guard !isAdmitted else { return }
        logger.warning(
            "turned away",
            metadata: ["peer": "\(context.remoteAddress?.ipAddress ?? "unknown")", "reason": "too many connections"])
        context.close(promise: nil)
    }
}
