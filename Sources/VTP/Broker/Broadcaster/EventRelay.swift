// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import Synchronization

/// Carries stored events from the log to the subscribers, in the log's order.
///
/// It reads the log in batches at its own pace, so that a burst of events waits on disk and not in memory. An event
/// after a pause goes at once; what follows it closely goes together, because a subscriber is served many events by one
/// system call as cheaply as one.
final class EventRelay: Sendable {
    /// Shortest time from the beginning of one round to the next.
    private static let minimumRound = TimeAmount.milliseconds(5)
    /// Longest time for which events wait for others, however long a round takes.
    private static let maximumPause = TimeAmount.milliseconds(50)

    private let feed: EventFeed
    private let groups: SubscriberGroups
    private let eventLoop: any EventLoop
    private let logger: Logger
    private let next: Atomic<EventSequence>

    /// A relay that begins with the event at `next`; pauses are measured on the event loop.
    init(
        feed: EventFeed, groups: SubscriberGroups, next: EventSequence, eventLoop: any EventLoop, logger: Logger
    ) {
        self.feed = feed
        self.groups = groups
        self.eventLoop = eventLoop
        self.next = Atomic(next)
        self.logger = logger
    }

    /// The place from which on events are still going to be given to the groups.
    var nextSequence: EventSequence { next.load(ordering: .sequentiallyConsistent) }

    /// Relays until the task is cancelled.
    func run() async {
        for await _ in feed.log.tail() {
            let began = NIODeadline.now()
            await relayNewEvents()
            // As much time as the round took belongs to the authors, who share the event loops.
            let took = NIODeadline.now() - began
            let pause = max(EventRelay.minimumRound - took, min(took, EventRelay.maximumPause))
            _ = try? await eventLoop.scheduleTask(in: pause) {}.futureResult.get()
        }
    }

    /// Relays what the log has beyond the last relayed event. Called by one task at a time.
    func relayNewEvents() async {
        do {
            while let batch = try await feed.batch(from: nextSequence, filters: feed.court.filtersInUse) {
                // First the place, then the batch: a subscriber that comes in between is given the batch, which it
                // passes over, and one that comes before has joined its group already.
                next.store(batch.places.upperBound + 1, ordering: .sequentiallyConsistent)
                await groups.deliver(batch)
            }
        } catch {
            logger.error("events could not be read for relaying", metadata: ["reason": "\(error)"])
        }
    }
}
