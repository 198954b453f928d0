// SPDX-License-Identifier: Apache-2.0

import UTC

/// Place of an event in a log: 1 for the first, always growing, never used twice; 0 stands before the first.
public typealias EventSequence = Int64

/// The broker's memory: an append-only log of events, whose order all readers share.
///
/// The broker knows its store by these four operations alone, so that an embedded database can give way to a log
/// that several brokers share.
public protocol EventLog: Sendable {
    /// The place of a stored event whose VOEvent element has the same bytes, or nil.
    func find(_ event: LoggedEvent) async throws -> EventSequence?

    /// Makes the event durable, unless an event with the same VOEvent element is stored already.
    ///
    /// When this returns the event survives a power cut. Two appends of one event, even at the same time, store
    /// one.
    ///
    /// - Throws: if the event could not be made durable; then it is not in the log.
    func append(_ event: LoggedEvent) async throws -> AppendResult

    /// Events from `sequence` on (included), in order, at most `limit` of them.
    func events(from sequence: EventSequence, limit: Int) async throws -> [StoredEvent]

    /// The place of the newest event, 0 if there is none.
    func newestSequence() async throws -> EventSequence

    /// Tells of the log's growth: yields the newest place now and whenever it has changed.
    ///
    /// A slow reader misses intermediate values, never the last; it then reads from where it stands.
    func tail() -> AsyncStream<EventSequence>
}

/// What came of an append.
public enum AppendResult: Sendable, Hashable {
    /// The event is new and durable.
    case stored(EventSequence)
    /// The event was there already.
    case alreadyStored(EventSequence)
}

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
