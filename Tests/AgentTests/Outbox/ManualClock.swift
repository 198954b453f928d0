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
        var watchers: [CheckedContinuation<Void, Never>] = []
    }

    /// A sleep of this length or longer is never ended by `wakeNext`.
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
                let watchers = state.withLock { state -> [CheckedContinuation<Void, Never>]? in
                    guard !state.cancelled.contains(number) else { return nil }
                    let length = state.now.duration(to: deadline)
                    state.sleepers[number] = Sleeper(deadline: deadline, length: length, continuation: continuation)
                    defer { state.watchers = [] }
                    return state.watchers
                }
                guard let watchers else { return continuation.resume(throwing: CancellationError()) }
                for watcher in watchers { watcher.resume() }
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
    /// sleep was.
    func wakeNext() async -> Duration {
        while true {
            let sleeper = state.withLock { state -> Sleeper? in
                let next = state.sleepers.filter { $0.value.length < Self.forever }
                    .min { $0.value.deadline < $1.value.deadline }
                guard let next else { return nil }
                state.now = next.value.deadline
                return state.sleepers.removeValue(forKey: next.key)
            }
            if let sleeper {
                sleeper.continuation.resume()
                return sleeper.length
            }
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    let isThere = state.sleepers.values.contains { $0.length < Self.forever }
                    if !isThere { state.watchers.append(continuation) }
                    return isThere
                }
                if isThere { continuation.resume() }
            }
        }
    }
}
