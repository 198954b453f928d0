// SPDX-License-Identifier: Apache-2.0

import Logging
import UTC
import XML

/// What the broker does with a message from an author.
enum IntakeAnswer: Sendable, Hashable {
    /// Answer and go on serving the connection.
    case reply(TransportMessage)
    /// Close the connection without an answer: to an author a temporary failure (VTP 2.0 §7.1).
    case close(reason: String)
}

/// The way of an event into the broker: read safely, validate, store unless it is known, and only then acknowledge.
struct EventIntake: Sendable {
    /// Reasons that a refusal lists at most; a packet with more faults than this is no packet.
    static let maximumReasons = 50

    let identity: String
    let log: any EventLog
    let rules: EventRules
    let policy: PolicyInForce
    let ledger: AcceptanceLedger
    let logger: Logger

    /// Deals with one message of VTP.
    ///
    /// - Parameters:
    ///   - bytes: the message without its length.
    ///   - source: who sent it.
    func receive(_ bytes: [UInt8], from source: EventSource) async -> IntakeAnswer {
        switch await take(bytes, from: source) {
        case .stored(let ivorn, _), .alreadyStored(let ivorn, _):
            .reply(TransportMessage(role: .ack, origin: ivorn, response: identity, timeStamp: .now()))
        case .refused(let ivorn, let reasons):
            // Where the packet has no ivorn to name, the broker names itself as the origin.
            .reply(
                TransportMessage(
                    role: .nak, origin: ivorn ?? identity, response: identity, timeStamp: .now(),
                    result: reasons.joined(separator: "\n")))
        case .failed(let reason), .notAnEvent(let reason):
            .close(reason: reason)
        }
    }

    /// Deals with one event, and counts it.
    func take(_ bytes: [UInt8], from source: EventSource) async -> Acceptance {
        let acceptance = await judge(bytes, from: source)
        ledger.count(acceptance, by: source.way)
        return acceptance
    }

    private func judge(_ bytes: [UInt8], from source: EventSource) async -> Acceptance {
        let peer = source.name
        let document: XMLDocument
        let envelope: EventEnvelope
        do throws(VTPError) {
            document = try IncomingMessage.document(in: bytes)
            switch try IncomingMessage(document, byteCount: bytes.count) {
            case .transport(let message):
                return .notAnEvent(reason: "an author sent a transport message (\(message.role))")
            case .event(let read):
                envelope = read
            }
        } catch {
            // The validator explains more than the first fault, if it is about the packet and not about the wire.
            let violations = rules.violations(inUnreadable: bytes)
            return refusal(ivorn: nil, reasons: violations.isEmpty ? [error.description] : violations, peer: peer)
        }
        guard !envelope.ivorn.isEmpty else {
            return refusal(ivorn: nil, reasons: ["the VOEvent element has no ivorn"], peer: peer)
        }
        var reasons = rules.violations(in: document, byteCount: bytes.count, ivorn: envelope.ivorn)
        if let objection = source.objection(to: envelope.ivorn, policy.access) { reasons.append(objection) }
        let event = LoggedEvent(packet: bytes, document: document, envelope: envelope, received: .now())
        do {
            if reasons.isEmpty { return try await store(event, peer: peer) }
            // Bytes that are known are not judged again: a resend is success (VTP 2.0 §6.3), whatever the rules are now.
            if let sequence = try await log.find(event) {
                return acknowledgement(of: event, sequence: sequence, isNew: false, peer: peer)
            }
            return refusal(ivorn: envelope.ivorn, reasons: reasons, peer: peer)
        } catch {
            logger.error(
                "event could not be stored",
                metadata: ["ivorn": "\(event.envelope.ivorn.printable)", "peer": "\(peer)", "reason": "\(error)"])
            return .failed(reason: "the event could not be stored")
        }
    }

    /// Stores an event that may pass. Whether it is known is decided where it is stored, in the same transaction.
    private func store(_ event: LoggedEvent, peer: String) async throws -> Acceptance {
        switch try await log.append(event) {
        case .stored(let sequence): acknowledgement(of: event, sequence: sequence, isNew: true, peer: peer)
        case .alreadyStored(let sequence): acknowledgement(of: event, sequence: sequence, isNew: false, peer: peer)
        }
    }

    private func acknowledgement(
        of event: LoggedEvent, sequence: EventSequence, isNew: Bool, peer: String
    ) -> Acceptance {
        logger.info(
            isNew ? "event accepted" : "event accepted again, it was stored before",
            metadata: [
                "ivorn": "\(event.envelope.ivorn.printable)", "role": "\(event.envelope.role.printable)",
                "sequence": "\(sequence)", "peer": "\(peer)",
            ])
        let ivorn = event.envelope.ivorn
        return isNew ? .stored(ivorn: ivorn, sequence: sequence) : .alreadyStored(ivorn: ivorn, sequence: sequence)
    }

    /// A refusal with every reason.
    private func refusal(ivorn: String?, reasons: [String], peer: String) -> Acceptance {
        var lines = reasons.prefix(EventIntake.maximumReasons).map(\.printable)
        if reasons.count > lines.count { lines.append("and \(reasons.count - lines.count) more") }
        logger.notice(
            "event refused",
            metadata: [
                "ivorn": "\(ivorn?.printable ?? "none")", "peer": "\(peer)",
                "reasons": "\(lines.joined(separator: "; "))",
            ])
        return .refused(ivorn: ivorn, reasons: lines)
    }
}
