// SPDX-License-Identifier: Apache-2.0

import UTC
import XML

/// Reads the log in batches made ready for subscribers: for all at its end, for one that is behind where it stands.
struct EventFeed: Sendable {
    /// Events of one batch at most.
    static let maximumEvents = 64
    /// Bytes after which a batch takes no further event: enough to fill a socket's buffer, few enough to hold many.
    static let maximumBytes = 256 << 10

    let log: any EventLog
    let court: FilterCourt

    /// The events from a place on, judged by some filters; nil if there are none.
    func batch(from sequence: EventSequence, filters: [XPathFilter]) async throws -> EventBatch? {
        let events = try await log.events(
            from: sequence, limit: EventFeed.maximumEvents, maximumBytes: EventFeed.maximumBytes)
        return EventBatch(events, from: sequence, verdicts: await court.verdicts(of: filters, on: events))
    }

    /// The place from which on a subscriber wants events that has all up to a point.
    func position(after point: ResumePoint) async throws -> EventSequence {
        let end = try await log.newestSequence() + 1
        switch point {
        case .sequence(let last): return min(max(last, 0), end - 1) + 1
        case .time(let time): return try await log.firstSequence(receivedAfter: time)
        }
    }
}
