// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A clock that stands still until a test lets the next sleeper wake.
final class ManualClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        let deadline: Instant
        let length: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var nextNumber = 0
    }

    /// A sleep that `wakeNext` never ends. It may have become a little shorter before it begins, if the time moved on.
    static let forever = Duration.seconds(1_000_000)

    private let state = Mutex(State())

    var now: Instant { state.withLock { $0.now } }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let number = state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    let isCancelled = state.cancelled.contains(number)
                    if !isCancelled {
                        let length = state.now.duration(to: deadline)
                        state.sleepers[number] = Sleeper(deadline: deadline, length: length, continuation: continuation)
                    }
                    return isCancelled
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.cancelled.insert(number)
                return state.sleepers.removeValue(forKey: number)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Waits until somebody sleeps, moves the time to the end of that sleep, wakes the sleeper and returns how long the
    /// sleep was; zero if the test was cancelled meanwhile.
    func wakeNext() async -> Duration {
        while !Task.isCancelled {
            let sleeper = state.withLock { state -> Sleeper? in
                let next = state.sleepers.filter { $0.value.length < Self.forever / 2 }
                    .min { $0.value.deadline < $1.value.deadline }
                guard let next else { return nil }
                state.now = next.value.deadline
                return state.sleepers.removeValue(forKey: next.key)
            }
            if let sleeper {
                sleeper.continuation.resume()
                return sleeper.length
            }
            await Task.yield()
        }
        return .zero
    }
}
