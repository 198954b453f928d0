// SPDX-License-Identifier: Apache-2.0

import UTC
import VTP

/// What is looked for in the archive; everything that is given must hold.
public struct EventQuery: Sendable, Hashable {
    /// Only events before this place: the last of the page before, which is thereby continued. Nil: from the newest.
    public var before: EventSequence?
    /// Only events received in this time.
    public var received: ClosedRange<UTCInstant>?
    /// Only events that happened in this time.
    public var happened: ClosedRange<UTCInstant>?
    /// Only events of this role.
    public var role: String?
    /// Only events of this stream: the ivorn without its local part.
    public var stream: String?
    /// Only events of this author, by its ivorn.
    public var author: String?
    /// Only events of this type.
    public var eventType: String?
    /// Only events on this target.
    public var target: String?
    /// Only events that cite the event with this ivorn.
    public var cites: String?
    /// Events of one page at most.
    public var limit: Int

    /// A query for the newest events.
    public init(limit: Int = 100) { self.limit = limit }
}
