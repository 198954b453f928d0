// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Tells any number of readers how far a log has grown; what an `EventLog` needs for its `tail`.
public final class LogGrowth: Sendable {
    private struct State {
        var newest: EventSequence
        var readers: [Int: AsyncStream<EventSequence>.Continuation] = [:]
        var nextReader = 0
    }

    private let state: Mutex<State>

    /// A log that has events up to `newest`.
    public init(newest: EventSequence) { state = Mutex(State(newest: newest)) }

    /// The log has grown to `sequence`. Calls may come in any order; the newest place never goes back.
    public func advance(to sequence: EventSequence) {
        state.withLock { state in
            guard sequence > state.newest else { return }
            state.newest = sequence
            for reader in state.readers.values { reader.yield(sequence) }
        }
    }

    /// The newest place, now and after each growth; a slow reader gets the last one only.
    public func stream() -> AsyncStream<EventSequence> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: EventSequence.self, bufferingPolicy: .bufferingNewest(1))
        let reader = state.withLock { state in
            let reader = state.nextReader
            state.nextReader += 1
            state.readers[reader] = continuation
            continuation.yield(state.newest)
            return reader
        }
        continuation.onTermination = { _ in self.state.withLock { _ = $0.readers.removeValue(forKey: reader) } }
        return stream
    }
}
