// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization

/// Carries stored events from the log to the subscribers, in the log's order.
///
/// It reads the log in batches at its own pace, so that a burst of events waits on disk and not in memory.
final class EventRelay: Sendable {
    private let feed: EventFeed
    private let groups: SubscriberGroups
    private let logger: Logger
    private let next: Atomic<EventSequence>

    /// A relay that begins with the event at `next`.
    init(feed: EventFeed, groups: SubscriberGroups, next: EventSequence, logger: Logger) {
        self.feed = feed
        self.groups = groups
        self.next = Atomic(next)
        self.logger = logger
    }

    /// The place from which on events are still going to be given to the groups.
    var nextSequence: EventSequence { next.load(ordering: .sequentiallyConsistent) }

    /// Relays until the task is cancelled.
    func run() async {
        for await _ in feed.log.tail() { await relayNewEvents() }
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
