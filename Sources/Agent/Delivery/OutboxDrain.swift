// SPDX-License-Identifier: Apache-2.0

/// Runs a delivery until nothing waits any more, for programs that end: a replay, or a service after its recording.
struct OutboxDrain: Sendable {
    let outbox: Outbox

    /// Delivers until the outbox has nothing pending, or the time is over.
    ///
    /// - Returns: number of events that still wait, or why that cannot be said.
    func run<DeliveryClock, Generator>(
        _ delivery: OutboxDelivery<DeliveryClock, Generator>, seconds: Double
    ) async -> Result<Int, any Error> {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await delivery.run() }
            group.addTask { await waitUntilEmpty(seconds: seconds, until: StopFlag()) }
            // The delivery never ends by itself: the first to end is the wait.
            await group.next()
            group.cancelAll()
        }
        do { return .success(try await outbox.pending().count) } catch { return .failure(error) }
    }

    /// Waits until nothing is pending, at most so long, or until `stop` is raised.
    func waitUntilEmpty(seconds: Double, until stop: StopFlag) async {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline, !Task.isCancelled, !stop.isRaised {
            if let pending = try? await outbox.pending(), pending.isEmpty { return }
            try? await Task.sleep(for: .milliseconds(50))
        }
    }
}
