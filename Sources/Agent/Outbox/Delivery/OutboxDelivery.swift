// SPDX-License-Identifier: Apache-2.0

import UTC

/// Sends what waits in an outbox to a broker, oldest first, and does not give up.
///
/// One event is under way at a time, and the next follows only when the broker has answered: events arrive in the
/// order of their names. A refusal parks the event and the next one follows; a temporary failure makes all wait, longer
/// each time. An event that fails again and again while others get through is parked, or it would block them for ever.
///
/// Ending the task at any moment loses nothing: an event whose answer was not recorded is sent again.
public struct OutboxDelivery<DeliveryClock: Clock & Sendable, Generator: RandomNumberGenerator & Sendable>: Sendable
where DeliveryClock.Duration == Duration {
    private let outbox: Outbox
    private let submitter: any EventSubmitter
    private let backoff: RetryBackoff
    private let clock: DeliveryClock
    private let generator: Generator
    private let rescanInterval: Duration
    private let now: @Sendable () -> UTCInstant
    private let report: @Sendable (DeliveryProgress) -> Void

    /// A delivery that does not run yet.
    ///
    /// - Parameters:
    ///   - outbox: where the events are; it has one delivery at most.
    ///   - submitter: the way to the broker.
    ///   - backoff: waits between attempts.
    ///   - clock: what the waits are measured by.
    ///   - generator: source of the waits' randomness.
    ///   - rescanInterval: how often the directories are looked at without being told of an event, for the changes that
    ///     an operator made.
    ///   - now: time of day for the records.
    ///   - report: is told everything that happens, in order.
    public init(
        outbox: Outbox, submitter: any EventSubmitter, backoff: RetryBackoff = RetryBackoff(), clock: DeliveryClock,
        generator: Generator, rescanInterval: Duration = .seconds(30),
        now: @escaping @Sendable () -> UTCInstant = { .now() },
        report: @escaping @Sendable (DeliveryProgress) -> Void = { _ in }
    ) {
        self.outbox = outbox
        self.submitter = submitter
        self.backoff = backoff
        self.clock = clock
        self.generator = generator
        self.rescanInterval = rescanInterval
        self.now = now
        self.report = report
    }

    /// Delivers until the task is cancelled.
    public func run() async {
        var generator = generator
        let arrivals = await outbox.arrivals()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    await outbox.announceArrival()
                    try? await clock.sleep(for: rescanInterval)
                }
            }
            for await _ in arrivals where !Task.isCancelled {
                await deliverAll(using: &generator)
            }
            group.cancelAll()
        }
    }

    /// Sends until nothing waits any more.
    private func deliverAll(using generator: inout Generator) async {
        var failures = 0
        var blockage = DeliveryBlockage()
        while !Task.isCancelled {
            let wait = backoff.wait(afterFailures: failures + 1, using: &generator)
            do {
                let pending = try await outbox.pending()
                guard let entry = blockage.next(of: pending, using: &generator) else { return }
                let event = try await outbox.event(entry)
                let answer: DeliveryAnswer
                do throws(DeliveryFailure) {
                    answer = try await submitter.submit(event, ivorn: entry.ivorn)
                } catch {
                    // That the agent ends is not the broker's failure.
                    if Task.isCancelled { return }
                    let step = blockage.noteFailure(
                        of: entry.name, hasReachedBroker: error.hasReachedBroker, othersWait: pending.count > 1)
                    try await record(error.message, of: entry, step, waitSeconds: wait)
                    if step == .wait {
                        failures += 1
                        try? await clock.sleep(for: .seconds(wait))
                    }
                    continue
                }
                blockage.noteAnswer(for: entry.name)
                try await record(answer, to: entry)
                failures = 0
            } catch {
                // A damaged entry is out of the way by now, one that is gone was dropped by an operator. Anything else
                // is the disk's trouble and takes time.
                let isOutOfTheWay = error.code == .damaged || error.code == .notFound
                report(.failed(error, waitSeconds: isOutOfTheWay ? 0 : wait))
                guard !isOutOfTheWay else { continue }
                failures += 1
                try? await clock.sleep(for: .seconds(wait))
            }
        }
    }

    private func record(_ answer: DeliveryAnswer, to entry: OutboxEntry) async throws(OutboxError) {
        switch answer {
        case .acknowledged(let response):
            try await outbox.acknowledge(entry, response: response, at: now())
            report(.delivered(entry, response: response))
        case .refused(let reasons):
            try await outbox.park(entry, reasons: reasons, at: now())
            report(.refused(entry, reasons: reasons))
        }
    }

    private func record(
        _ failure: String, of entry: OutboxEntry, _ step: DeliveryBlockage.NextStep, waitSeconds: Double
    ) async throws(OutboxError) {
        let time = now()
        if step == .setAside {
            let reason =
                "not acknowledged after \(entry.delivery.failedAttempts + 1) attempts while other events were: \(failure)"
            try await outbox.park(entry, reasons: [reason], at: time)
            report(.refused(entry, reasons: [reason]))
            return
        }
        // The record helps the operator only; a full disk must not stop the delivery.
        try? await outbox.recordFailure(
            entry, message: failure, at: time, nextAttempt: time.advanced(bySeconds: waitSeconds))
        report(.delayed(entry, message: failure, waitSeconds: waitSeconds))
    }
}
