// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore

/// Carries stored events from the log to the subscribers, in the log's order.
///
/// It reads the log in small batches at its own pace, so that a burst of events waits on disk and not in memory.
actor EventRelay {
    private static let batchSize = 16

    private let log: any EventLog
    private let subscribers: ConnectionRegistry
    private let logger: Logger
    private var next: EventSequence

    /// A relay that begins with the event at `next`.
    init(log: any EventLog, subscribers: ConnectionRegistry, next: EventSequence, logger: Logger) {
        self.log = log
        self.subscribers = subscribers
        self.next = next
        self.logger = logger
    }

    /// Relays until the task is cancelled.
    func run() async {
        for await _ in log.tail() { await relayNewEvents() }
    }

    /// Relays what the log has beyond the last relayed event. Called by one task at a time.
    func relayNewEvents() async {
        do {
            while true {
                let events = try await log.events(from: next, limit: Self.batchSize)
                guard let last = events.last else { return }
                next = last.sequence + 1
                await deliver(events.map(Delivery.init))
            }
        } catch {
            logger.error("events could not be read for relaying", metadata: ["reason": "\(error)"])
        }
    }

    private func deliver(_ deliveries: [Delivery]) async {
        let channels = subscribers.all
        var eventLoops: [ObjectIdentifier: any EventLoop] = [:]
        for channel in channels {
            eventLoops[ObjectIdentifier(channel.eventLoop)] = channel.eventLoop
            for delivery in deliveries { channel.write(delivery, promise: nil) }
            channel.flush()
        }
        // Wait until every event loop has taken its share: otherwise fast authors would fill the loops' task queues.
        for eventLoop in eventLoops.values { _ = try? await eventLoop.submit {}.get() }
    }
}
