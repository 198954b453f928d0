// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import UTC

/// One subscriber's connection: greets, asks for signs of life, and passes on the events that it wants.
///
/// Events come as batches that all subscribers share. A subscriber whose connection takes no more is passed over, and
/// is fed from the log when it takes again: it costs neither memory nor the others' time.
final class BroadcasterHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How long the last events may take to leave when the broker shuts down.
    private static let closingGrace = TimeAmount.seconds(2)
    /// How long events wait for a subscriber to name its filters and its place in the log.
    private static let greetingPatience = TimeAmount.seconds(3)

    private let identity: String
    private let policy: PolicyInForce
    private let service: SubscriberService
    private let logger: Logger
    private var context: ChannelHandlerContext?
    private var cursor = DeliveryCursor(position: 1)
    private var filters = SubscriberFilters.everything
    /// Tells an answer of the log to an earlier question from one to the last.
    private var questions = 0
    private var isReadingLog = false
    private var isHeld = true
    private var wasServed = false
    private var glance = TransportGlance()
    private var isAliveAnswered = true
    private var isClosing = false
    private var aliveTimer: Scheduled<Void>?
    private var otherTimer: Scheduled<Void>?

    init(identity: String, policy: PolicyInForce, service: SubscriberService, logger: Logger) {
        self.identity = identity
        self.policy = policy
        self.service = service
        self.logger = logger
    }

    // MARK: - Connection

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        logger.info("subscriber connected")
        service.groups.join(self, eventLoop: context.eventLoop)
        cursor = DeliveryCursor(position: service.nextSequence())
        send(.authenticate, context: context)
        scheduleSignOfLife(context: context)
        otherTimer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.greetingPatience) {
            self.release()
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        isClosing = true
        aliveTimer?.cancel()
        otherTimer?.cancel()
        service.groups.leave(self, eventLoop: context.eventLoop)
        service.court.replace(filters.filters, by: [])
        filters = .nothing
        self.context = nil
        logger.info("subscriber gone")
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Whatever the subscriber says, it lives.
        isAliveAnswered = true
        let message = unwrapInboundIn(data)
        if logger.logLevel > .debug, glance.isAcknowledgement(message) { return }
        do throws(VTPError) {
            switch try IncomingMessage(parsing: Array(buffer: message)) {
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

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { catchUp() }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A subscriber that closes its half cannot answer any more.
        if case ChannelEvent.inputClosed = event { return context.close(promise: nil) }
        guard event is BrokerIsClosing else { return context.fireUserInboundEventTriggered(event) }
        isClosing = true
        aliveTimer?.cancel()
        otherTimer?.cancel()
        otherTimer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.closingGrace) {
            context.close(promise: nil)
        }
        // Writes leave in order: when an empty one has left, all before it have.
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        disconnect((error as? VTPError)?.description ?? connectionFailure(error), context: context)
    }

    // MARK: - Events

    /// Takes a batch from the end of the log. Called on the connection's event loop.
    func deliver(_ batch: EventBatch) {
        guard let context, !isClosing else { return }
        let step = cursor.announce(batch.places)
        guard !isHeld, !isReadingLog, context.channel.isWritable else { return checkLag(context: context) }
        switch step {
        case .deliver where batch.hasVerdicts(of: filters.filters): send(batch, context: context)
        case .deliver, .readLog: catchUp()
        case .skip: break
        }
    }

    /// Reads on in the log, if the subscriber is behind and can take more.
    private func catchUp() {
        guard let context, !isClosing, !isHeld, !isReadingLog, cursor.isBehind, context.channel.isWritable else {
            return
        }
        isReadingLog = true
        questions += 1
        let question = questions
        let newest = cursor.newest
        service.read(cursor.position, filters.filters, context.eventLoop)
            .hop(to: context.eventLoop).assumeIsolated().whenComplete { result in
                guard let context = self.context, question == self.questions else { return }
                self.isReadingLog = false
                switch result {
                case .success(.some(let batch)): self.send(batch, context: context)
                // Nothing stands there any more.
                case .success(.none): self.cursor.advance(to: newest + 1)
                case .failure(let error):
                    self.logger.error("events could not be read", metadata: ["reason": "\(error)"])
                    return self.disconnect("the events it is to have cannot be read", context: context)
                }
                self.catchUp()
            }
    }

    private func send(_ batch: EventBatch, context: ChannelHandlerContext) {
        guard !isClosing else { return }
        if let frames = batch.frames(from: cursor.position, for: filters) {
            wasServed = true
            context.writeAndFlush(wrapOutboundOut(frames), promise: nil)
        }
        cursor.advance(to: batch.places.upperBound + 1)
        let costly = batch.tooCostly(among: filters.filters)
        if !costly.isEmpty {
            use(.nothing)
            refuse(costly.map(SubscriberWish.tooCostly), context: context)
        }
    }

    private func checkLag(context: ChannelHandlerContext) {
        let limit = policy.limits.maximumSubscriberLag
        guard cursor.lagByOwnFault > limit else { return }
        disconnect("it does not keep up: \(cursor.lag) events behind, the limit is \(limit)", context: context)
    }

    /// Lets events go to a subscriber that has said what it wants, or does not say it.
    private func release() {
        guard isHeld else { return }
        isHeld = false
        otherTimer?.cancel()
        catchUp()
    }

    // MARK: - Messages

    private func take(_ message: TransportMessage, context: ChannelHandlerContext) {
        switch message.role {
        case .authenticate:
            authenticate(message, context: context)
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

    private func authenticate(_ message: TransportMessage, context: ChannelHandlerContext) {
        do throws(FilterRefusal) {
            let wish = try SubscriberWish(message, limits: policy.limits, court: service.court)
            if wish.resumePoint != nil, wasServed {
                throw FilterRefusal(reasons: ["resume-after comes too late: events were sent already"])
            }
            logger.info(
                "subscriber named itself",
                metadata: [
                    "identity": "\(message.response?.printable ?? "none")", "filters": "\(message.filters.count)",
                    "resume_after": "\(message.resumeAfter?.printable ?? "none")",
                ])
            use(wish.filters)
            if let point = wish.resumePoint { seek(point, context: context) } else { release() }
        } catch {
            // A subscriber that asked for a part must not be given everything instead.
            if filters == .everything { use(.nothing) }
            refuse(error.reasons, context: context)
            release()
        }
    }

    /// Events before and after this call are judged by different filters: what is being read is read again.
    private func use(_ new: SubscriberFilters) {
        service.court.replace(filters.filters, by: new.filters)
        filters = new
        if isReadingLog {
            isReadingLog = false
            questions += 1
            catchUp()
        }
    }

    private func seek(_ point: ResumePoint, context: ChannelHandlerContext) {
        isHeld = true
        otherTimer?.cancel()
        service.find(point, context.eventLoop).hop(to: context.eventLoop).assumeIsolated().whenComplete { result in
            guard let context = self.context else { return }
            switch result {
            case .success(let place):
                self.cursor.seek(place)
                self.release()
            case .failure(let error):
                self.logger.error("the log could not be searched", metadata: ["reason": "\(error)"])
                self.disconnect("the events it missed cannot be read", context: context)
            }
        }
    }

    /// Answers what cannot be followed.
    private func refuse(_ reasons: [String], context: ChannelHandlerContext) {
        logger.notice("subscriber's message refused", metadata: ["reasons": "\(reasons.joined(separator: "; "))"])
        send(.nak, result: reasons.joined(separator: "\n"), context: context)
    }

    private func scheduleSignOfLife(context: ChannelHandlerContext) {
        let interval = policy.limits.aliveIntervalSeconds
        aliveTimer = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(Int64(interval))) {
            guard self.isAliveAnswered else {
                return self.disconnect("no answer to iamalive within \(interval) s", context: context)
            }
            self.isAliveAnswered = false
            self.send(.iamalive, context: context)
            self.scheduleSignOfLife(context: context)
        }
    }

    private func send(_ role: TransportMessage.Role, result: String? = nil, context: ChannelHandlerContext) {
        let message = TransportMessage(role: role, origin: identity, timeStamp: .now(), result: result).bytes()
        var frame = context.channel.allocator.buffer(capacity: FrameDecoder.headerBytes + message.count)
        frame.writeInteger(UInt32(message.count))
        frame.writeBytes(message)
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }

    private func disconnect(_ reason: String, context: ChannelHandlerContext) {
        guard context.channel.isActive, !isClosing else { return }
        isClosing = true
        logger.notice("subscriber disconnected", metadata: ["reason": "\(reason)"])
        context.close(promise: nil)
    }
}
