// SPDX-License-Identifier: Apache-2.0

import NIOCore
import XML

/// What a subscriber's connection asks of the broker.
struct SubscriberService: Sendable {
    /// The place from which on events are still going to be announced to everybody.
    let nextSequence: @Sendable () -> EventSequence
    /// The batch that begins at a place, judged by some filters; nil if nothing stands there.
    let read: @Sendable (EventSequence, [XPathFilter], any EventLoop) -> EventLoopFuture<EventBatch?>
    /// The first place after a point.
    let find: @Sendable (ResumePoint, any EventLoop) -> EventLoopFuture<EventSequence>
    /// Judges events by the filters of subscribers.
    let court: FilterCourt
    /// Where a connection learns of new events.
    let groups: SubscriberGroups
}
