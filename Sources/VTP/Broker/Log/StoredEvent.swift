// SPDX-License-Identifier: Apache-2.0

/// An event with its place in the log.
public struct StoredEvent: Sendable, Hashable {
    /// Place in the log.
    public let sequence: EventSequence
    /// The packet, byte for byte as it was received.
    public let packet: [UInt8]
    /// The event's ivorn.
    public let ivorn: String

    /// A stored event from its parts.
    public init(sequence: EventSequence, packet: [UInt8], ivorn: String) {
        self.sequence = sequence
        self.packet = packet
        self.ivorn = ivorn
    }
}
