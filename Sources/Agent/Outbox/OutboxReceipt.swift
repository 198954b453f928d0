// SPDX-License-Identifier: Apache-2.0

/// What became of a commit: the event is on the disk.
public struct OutboxReceipt: Sendable, Hashable {
    /// The entry that holds the event.
    public let entry: OutboxEntry
    /// False if the same event had been committed before, and this commit only found it.
    public let isNew: Bool
    /// What had to go to make room.
    public let notices: [OutboxNotice]
}
