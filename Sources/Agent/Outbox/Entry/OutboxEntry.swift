// SPDX-License-Identifier: Apache-2.0

import UTC

/// An event in the outbox, with all that is known of its way to the broker.
public struct OutboxEntry: Sendable, Hashable {
    /// Where an entry is on its way; each is a directory of the outbox.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Waits to be sent.
        case pending
        /// Was refused by the broker and waits for an operator.
        case parked
        /// The broker has it.
        case sent
        /// Is not what was written.
        case damaged
    }

    /// A file that was kept with the event.
    public struct EvidenceFile: Sendable, Hashable {
        /// File name.
        public let name: String
        /// Size in bytes.
        public let bytes: Int
    }

    /// Name of the entry and its directory.
    public let name: OutboxEntryName
    /// Where it is on its way.
    public let state: State
    /// Directory of the entry.
    public let path: String
    /// Identifier of the event; empty if the entry is damaged beyond that.
    public let ivorn: String
    /// When it was committed; nil if the entry is damaged beyond that.
    public let committed: UTCInstant?
    /// Size of the event in bytes.
    public let eventBytes: Int
    /// Files kept with the event, by name.
    public let evidence: [EvidenceFile]
    /// What happened on the way to the broker.
    public let delivery: DeliveryRecord

    /// Bytes of the event and its evidence.
    public var totalBytes: Int { evidence.reduce(eventBytes) { $0 + $1.bytes } }
}
