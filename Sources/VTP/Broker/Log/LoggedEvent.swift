// SPDX-License-Identifier: Apache-2.0

import UTC

/// An event as the log keeps it: its bytes and what it is found by.
public struct LoggedEvent: Sendable, Hashable {
    /// The packet, byte for byte as it was received.
    public let packet: [UInt8]
    /// What can be told of it without knowing its content.
    public let envelope: EventEnvelope
    /// When it was received.
    public let received: UTCInstant

    /// An event from its parts.
    public init(packet: [UInt8], envelope: EventEnvelope, received: UTCInstant) {
        self.packet = packet
        self.envelope = envelope
        self.received = received
    }

    /// The VOEvent element from `<` to `>`: what two events are compared by (VTP 2.0 §8).
    public var rootElement: ArraySlice<UInt8> { packet[envelope.rootRange] }
}
