// SPDX-License-Identifier: Apache-2.0

/// Events that cite each other, around one of them: what was followed up, superseded or taken back, and by what.
public struct CitationGraph: Sendable, Hashable {
    /// One event cites another.
    public struct Link: Sendable, Hashable {
        /// Ivorn of the event that cites.
        public let citing: String
        /// Ivorn of the event that is cited; it need not be in the archive.
        public let cited: String
        /// `followup`, `supersedes`, `retraction` or what else the author wrote; empty if nothing.
        public let kind: String
    }

    /// The events of the graph that are in the archive, oldest first.
    public var events: [ArchivedEvent] = []
    /// Who cites whom, in the order in which they were found.
    public var links: [Link] = []
    /// True if there are more than were looked for.
    public var isTruncated = false
}
