// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import UTC

/// One connection of a subscriber, from the broker's greeting to its end.
struct SubscriberSession: Sendable {
    /// How a connection ended.
    enum End: Sendable {
        /// The handler wanted no more.
        case stopped
        /// The connection broke; it was useful if the broker had spoken to us at all.
        case lost(VTPError, wasUseful: Bool)
    }

    /// What one message leads to.
    private enum Reaction {
        case reply(TransportMessage)
        case replyAndStop(TransportMessage)
        case none
    }

    let options: SubscriberOptions
    let logger: Logger
    let resumeAfter: @Sendable () -> ResumePoint?
    let onReady: @Sendable (VTPAddress) -> Void
    let handle: @Sendable (ReceivedEvent) async throws -> SubscriptionDirective

    /// Serves the connection.
    ///
    /// - Throws: `handlingFailed` or `cancelled`; all else is an `End`.
    func run(on channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async throws(VTPError) -> End {
        do {
            return try await channel.executeThenClose { inbound, outbound in
                try await serve(inbound, outbound)
            }
        } catch let error as VTPError where error.code == .handlingFailed {
            throw error
        } catch {
            if Task.isCancelled {
                throw VTPError(.cancelled, place: options.broker.description, message: "given up")
            }
            return .lost(
                VTPError(.closed, place: options.broker.description, message: connectionFailure(error)),
                wasUseful: false)
        }
    }

    private func serve(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws -> End {
        var wasUseful = false
        do {
            for try await frame in inbound {
                let bytes = Array(buffer: frame)
                let reaction: Reaction
                do {
                    reaction = try await react(to: IncomingMessage(parsing: bytes), bytes: bytes)
                    wasUseful = true
                } catch let error as VTPError where error.code == .garbled {
                    // The framing still holds: what cannot be read costs this message, not the connection.
                    logger.warning("unreadable message ignored", metadata: ["reason": "\(error)"])
                    continue
                }
                switch reaction {
                case .reply(let message): try await outbound.write(ByteBuffer(bytes: message.bytes()))
                case .replyAndStop(let message):
                    try await outbound.write(ByteBuffer(bytes: message.bytes()))
                    return .stopped
                case .none: break
                }
            }
        } catch let error as VTPError where error.code != .handlingFailed {
            return .lost(error.at(options.broker.description), wasUseful: wasUseful)
        }
        try Task.checkCancellation()
        return .lost(
            VTPError(.closed, place: options.broker.description, message: "the broker closed the connection"),
            wasUseful: wasUseful)
    }

    private func react(to message: IncomingMessage, bytes: [UInt8]) async throws -> Reaction {
        switch message {
        case .event(let envelope):
            return try await deal(with: ReceivedEvent(packet: bytes, envelope: envelope))
        case .transport(let message):
            return reaction(to: message)
        }
    }

    private func deal(with event: ReceivedEvent) async throws -> Reaction {
        let directive: SubscriptionDirective
        do { directive = try await handle(event) } catch {
            throw VTPError(.handlingFailed, place: event.envelope.ivorn.printable, message: "\(error)")
        }
        let ack = TransportMessage(
            role: .ack, origin: event.envelope.ivorn, response: options.identity, timeStamp: .now())
        return directive == .stop ? .replyAndStop(ack) : .reply(ack)
    }

    private func reaction(to message: TransportMessage) -> Reaction {
        switch message.role {
        case .authenticate:
            var parameters = options.filters.map {
                TransportMessage.Parameter(name: TransportMessage.filterParameter, value: $0)
            }
            if let point = resumeAfter() {
                parameters.append(.init(name: TransportMessage.resumeParameter, value: point.description))
            }
            onReady(options.broker)
            return .reply(
                TransportMessage(
                    role: .authenticate, origin: message.origin, response: options.identity, timeStamp: .now(),
                    parameters: parameters))
        case .iamalive:
            return .reply(
                TransportMessage(
                    role: .iamalive, origin: message.origin, response: options.identity, timeStamp: .now()))
        case .nak:
            let reasons = message.reasons.map(\.printable).joined(separator: "; ")
            logger.warning("the broker refuses", metadata: ["reasons": "\(reasons)"])
            return .none
        case .ack:
            return .none
        }
    }
}
