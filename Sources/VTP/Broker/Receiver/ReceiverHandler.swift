// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore

/// One author's connection: takes events one after the other and answers each.
///
/// Until an event is answered and the answer is on its way nothing more is read, so that an author cannot heap up work
/// or answers. An author that is silent, too slow to finish a message, or does not read, is disconnected.
final class ReceiverHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Deals with one message; the future may be completed anywhere.
    typealias Intake = @Sendable (_ bytes: [UInt8], _ eventLoop: any EventLoop) -> EventLoopFuture<IntakeAnswer>

    private let identity: String
    private let timeout: TimeAmount
    private let intake: Intake
    private let logger: Logger
    private var waiting = CircularBuffer<ByteBuffer>()
    private var isBusy = false
    private var isEnding = false
    private var isReadHeld = false
    private var timer: Scheduled<Void>?

    init(identity: String, timeout: TimeAmount, logger: Logger, intake: @escaping Intake) {
        self.identity = identity
        self.timeout = timeout
        self.logger = logger
        self.intake = intake
    }

    func channelActive(context: ChannelHandlerContext) {
        logger.debug("author connected")
        startTimer("no whole message", context: context)
        context.fireChannelActive()
    }

    func read(context: ChannelHandlerContext) {
        if isBusy || isEnding { isReadHeld = true } else { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnding || isBusy else { return }
        waiting.append(unwrapInboundIn(data))
        if !isBusy { takeNext(context: context) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            // The author will send no more, but still wants the answers to what it has sent.
            end(context: context)
        case is BrokerIsClosing:
            waiting.removeAll()
            end(context: context)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopTimer()
        waiting.removeAll()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let failure = error as? VTPError else {
            logger.debug("author's connection broke", metadata: ["reason": "\(connectionFailure(error))"])
            return context.close(promise: nil)
        }
        logger.notice("author disconnected", metadata: ["reason": "\(failure)"])
        isEnding = true
        guard failure.code == .tooLarge || failure.code == .garbled else { return context.close(promise: nil) }
        // The stream is out of step from here on: say why, then close.
        startTimer("it does not read the refusal", context: context)
        let nak = TransportMessage(
            role: .nak, origin: identity, response: identity, timeStamp: .now(), result: failure.description)
        send(nak, context: context).assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }

    private func takeNext(context: ChannelHandlerContext) {
        guard let message = waiting.popFirst() else {
            if isEnding { return context.close(promise: nil) }
            startTimer("no whole message", context: context)
            if isReadHeld {
                isReadHeld = false
                context.read()
            }
            return
        }
        stopTimer()
        isBusy = true
        intake(Array(buffer: message), context.eventLoop).hop(to: context.eventLoop).assumeIsolated()
            .whenComplete { self.answer($0, context: context) }
    }

    private func answer(_ result: Result<IntakeAnswer, any Error>, context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        switch result {
        case .success(.reply(let message)):
            startTimer("it does not read the answer", context: context)
            send(message, context: context).assumeIsolated().whenComplete { _ in
                self.isBusy = false
                if context.channel.isActive { self.takeNext(context: context) }
            }
        case .success(.close(let reason)):
            logger.notice("author disconnected", metadata: ["reason": "\(reason)"])
            context.close(promise: nil)
        case .failure(let error):
            logger.error("author disconnected", metadata: ["reason": "\(error)"])
            context.close(promise: nil)
        }
    }

    private func send(_ message: TransportMessage, context: ChannelHandlerContext) -> EventLoopFuture<Void> {
        let promise = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(
            wrapOutboundOut(context.channel.allocator.buffer(bytes: message.bytes())), promise: promise)
        return promise.futureResult
    }

    private func end(context: ChannelHandlerContext) {
        isEnding = true
        if !isBusy && waiting.isEmpty { context.close(promise: nil) }
    }

    private func startTimer(_ reason: String, context: ChannelHandlerContext) {
        stopTimer()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: timeout) {
            self.logger.notice(
                "author disconnected",
                metadata: ["reason": "\(reason) within \(self.timeout.nanoseconds / 1_000_000_000) s"])
            context.close(promise: nil)
        }
    }

    private func stopTimer() {
        timer?.cancel()
        timer = nil
    }
}
