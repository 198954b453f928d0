// SPDX-License-Identifier: Apache-2.0

/// An entry in the making: a directory into which the evidence of an event is written before it is committed.
public struct OutboxDraft: Sendable, Hashable {
    /// Name of the entry.
    public let name: OutboxEntryName
    /// Directory for the files of evidence, which lie in it side by side; subdirectories and links are not kept.
    public let path: String
}
