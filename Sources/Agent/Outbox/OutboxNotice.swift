// SPDX-License-Identifier: Apache-2.0

/// Something that the outbox did or found on its own and that belongs into the journal.
public struct OutboxNotice: Sendable, Hashable, CustomStringConvertible {
    /// What it is about.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// An entry that was never finished was removed; its event had not been reported as safe.
        case unfinishedRemoved = "unfinished-removed"
        /// An entry that was complete but for its last rename was finished.
        case finished
        /// An entry is not what was written; it lies in `damaged`.
        case setAside = "set-aside"
        /// Something that the outbox did not write; it is left alone.
        case foreign
        /// Evidence was removed or not taken, to make room.
        case evidenceRemoved = "evidence-removed"
        /// An event was removed, to make room.
        case eventRemoved = "event-removed"
    }

    /// What it is about.
    public let kind: Kind
    /// The entry or file.
    public let name: String
    /// What happened, in one sentence without a full stop.
    public let message: String

    /// `name: message`.
    public var description: String { "\(name): \(message)" }
}
