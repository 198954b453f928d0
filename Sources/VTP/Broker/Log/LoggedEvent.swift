// SPDX-License-Identifier: Apache-2.0

import UTC
import XML

/// An event as the log keeps it: its bytes and what it is found by.
public struct LoggedEvent: Sendable, Hashable {
    /// The packet, byte for byte as it was received.
    public let packet: [UInt8]
    /// What can be told of it without knowing its content.
    public let envelope: EventEnvelope
    /// The packet as it was read when it was judged, for a log that keeps more than the envelope.
    public let document: XMLDocument
    /// When it was received.
    public let received: UTCInstant

    /// An event from its parts.
    public init(packet: [UInt8], document: XMLDocument, envelope: EventEnvelope, received: UTCInstant) {
        self.document = document
        self.packet = packet
        self.envelope = envelope
        self.received = received
    }

    /// An event that is read from its bytes, without being judged.
    ///
    /// - Throws: `garbled` if the bytes cannot be read safely, or are no event.
    public init(parsing packet: [UInt8], received: UTCInstant) throws(VTPError) {
        let document = try IncomingMessage.document(in: packet)
        guard case .event(let envelope) = try IncomingMessage(document, byteCount: packet.count) else {
            throw VTPError(.garbled, place: "document", message: "a transport message stands where an event should")
        }
        self.init(packet: packet, document: document, envelope: envelope, received: received)
    }

    /// The VOEvent element from `<` to `>`: what two events are compared by (VTP 2.0 §8).
    public var rootElement: ArraySlice<UInt8> { packet[envelope.rootRange] }
}
