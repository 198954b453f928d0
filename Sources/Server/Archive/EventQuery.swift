// SPDX-License-Identifier: Apache-2.0

import UTC
import VTP

/// What is looked for in the archive; everything that is given must hold.
public struct EventQuery: Sendable, Hashable {
    /// By what events are ordered; each order has an index, so that a page is found without sorting.
    public enum Order: Sendable, Hashable {
        /// By the time at which they were received.
        case received
        /// By the time at which they happened; events that do not say it are left out.
        case happened
    }

    /// By what events are ordered, newest first.
    public var order: Order
    /// The place of the last event of the page before, which is thereby continued; nil: from the newest.
    public var after: EventPlace?
    /// Only the events with this ivorn.
    public var ivorn: String?
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
    /// Only events whose ivorn, type, target or author holds this text; the letters a to z in any case.
    public var text: String?
    /// Events of one page at most.
    public var limit: Int

    /// A query for the newest events.
    public init(order: Order = .received, limit: Int = 100) {
        self.order = order
        self.limit = limit
    }
}
