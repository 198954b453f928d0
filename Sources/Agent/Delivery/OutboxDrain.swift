// SPDX-License-Identifier: Apache-2.0

/// Runs a delivery until nothing waits any more, for programs that end: a replay, or a service after its recording.
struct OutboxDrain: Sendable {
    let outbox: Outbox

    /// Delivers until the outbox has nothing pending, or the time is over.
    ///
    /// - Returns: number of events that still wait.
    func run<DeliveryClock, Generator>(
        _ delivery: OutboxDelivery<DeliveryClock, Generator>, seconds: Double
    ) async throws -> Int {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await delivery.run() }
            group.addTask { await waitUntilEmpty(seconds: seconds) }
            // The delivery never ends by itself: the first to end is the wait.
            await group.next()
            group.cancelAll()
        }
        return try await outbox.pending().count
    }

    /// Waits until nothing is pending, at most so long.
    func waitUntilEmpty(seconds: Double) async {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline, !Task.isCancelled {
            if let pending = try? await outbox.pending(), pending.isEmpty { return }
            try? await Task.sleep(for: .milliseconds(50))
        }
    }
}
