// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import UTC

/// One subscriber's connection: greets, asks for signs of life, and passes on the events that it wants.
///
/// Events come down the pipeline as `Delivery`. What waits to be sent is counted; a subscriber that does not keep up
/// is disconnected, so that it costs neither memory nor the others' time.
final class BroadcasterHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Delivery
    typealias OutboundOut = ByteBuffer

    /// How long the last events may take to leave when the broker shuts down.
    private static let closingGrace = TimeAmount.seconds(2)

    private let options: BrokerOptions
    private let logger: Logger
    private var filters = SubscriberFilters.everything
    private var queuedBytes = 0
    private var isAliveAnswered = true
    private var isClosing = false
    private var timer: Scheduled<Void>?

    init(options: BrokerOptions, logger: Logger) {
        self.options = options
        self.logger = logger
    }

    func channelActive(context: ChannelHandlerContext) {
        logger.info("subscriber connected")
        send(.authenticate, context: context)
        scheduleSignOfLife(context: context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        logger.info("subscriber gone")
        context.fireChannelInactive()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let delivery = unwrapOutboundIn(data)
        guard !isClosing, filters.accept(delivery.event) else {
            promise?.succeed()
            return
        }
        send(delivery.message, context: context, promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Whatever the subscriber says, it lives.
        isAliveAnswered = true
        do throws(VTPError) {
            switch try IncomingMessage(parsing: Array(buffer: unwrapInboundIn(data))) {
            case .event(let envelope):
                throw VTPError(
                    .unexpectedAnswer, place: envelope.ivorn.printable,
                    message: "events are submitted on the other port")
            case .transport(let message):
                take(message, context: context)
            }
        } catch {
            refuse([error.description], context: context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A subscriber that closes its half cannot answer any more.
        if case ChannelEvent.inputClosed = event { return context.close(promise: nil) }
        guard event is BrokerIsClosing else { return context.fireUserInboundEventTriggered(event) }
        isClosing = true
        timer?.cancel()
        guard queuedBytes > 0 else { return context.close(promise: nil) }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.closingGrace) {
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        disconnect((error as? VTPError)?.description ?? connectionFailure(error), context: context)
    }

    private func take(_ message: TransportMessage, context: ChannelHandlerContext) {
        switch message.role {
        case .authenticate:
            do throws(FilterRefusal) {
                filters = try SubscriberFilters(message.filters, limit: options.limits.maximumFiltersPerSubscriber)
                logger.info(
                    "subscriber named itself",
                    metadata: [
                        "identity": "\(message.response?.printable ?? "none")", "filters": "\(message.filters.count)",
                    ])
            } catch {
                // A subscriber that asked for a part must not be given everything instead.
                if filters == .everything { filters = .nothing }
                refuse(error.reasons, context: context)
            }
        case .nak:
            let reasons = message.reasons.map(\.printable).joined(separator: "; ")
            logger.notice(
                "subscriber refuses an event",
                metadata: ["ivorn": "\(message.origin.printable)", "reasons": "\(reasons)"])
        case .ack:
            logger.debug("subscriber acknowledged an event", metadata: ["ivorn": "\(message.origin.printable)"])
        case .iamalive:
            break
        }
    }

    /// Answers what cannot be followed.
    private func refuse(_ reasons: [String], context: ChannelHandlerContext) {
        logger.notice("subscriber's message refused", metadata: ["reasons": "\(reasons.joined(separator: "; "))"])
        send(.nak, result: reasons.joined(separator: "\n"), context: context)
    }

    private func scheduleSignOfLife(context: ChannelHandlerContext) {
        let interval = options.limits.aliveIntervalSeconds
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(Int64(interval))) {
            guard self.isAliveAnswered else {
                return self.disconnect("no answer to iamalive within \(interval) s", context: context)
            }
            self.isAliveAnswered = false
            self.send(.iamalive, context: context)
            self.scheduleSignOfLife(context: context)
        }
    }

    private func send(_ role: TransportMessage.Role, result: String? = nil, context: ChannelHandlerContext) {
        let message = TransportMessage(role: role, origin: options.identity, timeStamp: .now(), result: result)
        send(context.channel.allocator.buffer(bytes: message.bytes()), context: context, promise: nil)
        context.flush()
    }

    private func send(_ message: ByteBuffer, context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        let count = message.readableBytes
        guard queuedBytes + count <= options.limits.maximumQueuedBytesPerSubscriber else {
            promise?.succeed()
            return disconnect("it does not keep up: \(queuedBytes) bytes wait for it", context: context)
        }
        queuedBytes += count
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in
            self.queuedBytes -= count
            if self.isClosing && self.queuedBytes == 0 { context.close(promise: nil) }
        }
        context.write(wrapOutboundOut(message), promise: written)
    }

    private func disconnect(_ reason: String, context: ChannelHandlerContext) {
        guard context.channel.isActive, !isClosing else { return }
        isClosing = true
        logger.notice("subscriber disconnected", metadata: ["reason": "\(reason)"])
        context.close(promise: nil)
    }
}
