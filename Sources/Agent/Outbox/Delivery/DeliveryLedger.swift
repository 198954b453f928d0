// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Telemetry
import UTC

/// How the delivery does, for monitoring systems: what waits, since when, and when the broker answered last.
final class DeliveryLedger: Sendable {
    private struct State {
        var waiting = 0
        var oldest: UTCInstant?
        var parked = 0
        var delivered = 0
        var refused = 0
        var failedAttempts = 0
        var lastAnswer: UTCInstant?
    }

    private let state = Mutex(State())

    /// What lies in the outbox.
    ///
    /// - Parameter oldest: time of the oldest event that waits; nil if none does.
    func count(waiting: Int, oldest: UTCInstant?, parked: Int) {
        state.withLock { ($0.waiting, $0.oldest, $0.parked) = (waiting, oldest, parked) }
    }

    /// The delivery got on, or did not.
    func take(_ progress: DeliveryProgress, now: UTCInstant = .now()) {
        state.withLock { state in
            switch progress {
            case .delivered:
                state.delivered += 1
                state.lastAnswer = now
            case .refused:
                state.refused += 1
                state.lastAnswer = now
            case .delayed, .failed: state.failedAttempts += 1
            }
        }
    }

    /// The figures.
    func metrics(now: UTCInstant = .now()) -> [Metric] {
        let state = state.withLock { $0 }
        return [
            Metric(
                "psws_outbox_waiting", .gauge, help: "Events that the broker does not have yet.",
                value: Double(state.waiting)),
            Metric(
                "psws_outbox_oldest", .gauge, unit: "seconds",
                help: "Age of the oldest event that the broker does not have yet; 0 without one.",
                value: max(0, state.oldest.map { now.seconds(since: $0) } ?? 0)),
            Metric(
                "psws_outbox_parked", .gauge, help: "Events that the broker has refused and an operator must look at.",
                value: Double(state.parked)),
            Metric(
                "psws_events_delivered", .counter, help: "Events that the broker has acknowledged.",
                value: Double(state.delivered)),
            Metric(
                "psws_events_refused", .counter, help: "Events that the broker has refused.",
                value: Double(state.refused)),
            Metric(
                "psws_delivery_failures", .counter, help: "Attempts to send an event that got no answer.",
                value: Double(state.failedAttempts)),
            Metric(
                "psws_broker_last_answer", .gauge, unit: "seconds",
                help: "When the broker answered last, in seconds since 1970; not a number before the first answer.",
                value: state.lastAnswer?.secondsSince1970 ?? .nan),
        ]
    }
}
