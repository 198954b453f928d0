// SPDX-License-Identifier: Apache-2.0

import NIOPosix
import Synchronization

/// Lets many callers share one costly commit: whatever waits when a commit begins goes into it.
///
/// A commit to disk costs the same for one item as for a hundred. While one runs the others gather; nobody waits for a
/// timer. Items are committed in the order in which they came.
final class GroupCommit<Item: Sendable, Answer: Sendable>: Sendable {
    /// Makes items durable together: one answer for each, in their order. It may block.
    typealias Commit = @Sendable ([Item]) -> [Answer]

    private struct Waiting {
        let item: Item
        let caller: CheckedContinuation<Answer, Never>
    }

    private struct State {
        var waiting: [Waiting] = []
        var isCommitting = false
    }

    private let thread: NIOThreadPool
    private let maximumCount: Int
    private let state = Mutex(State())

    /// A gatherer.
    ///
    /// - Parameters:
    ///   - thread: where commits run; the caller starts and ends it.
    ///   - maximumCount: items that go into one commit at most; the rest goes into the next.
    init(thread: NIOThreadPool, maximumCount: Int = 512) {
        self.thread = thread
        self.maximumCount = maximumCount
    }

    /// Commits an item with those that wait at the same time; returns its own answer.
    ///
    /// - Parameter perform: the commit, the same for all callers; never called twice at a time.
    func commit(_ item: Item, with perform: @escaping Commit) async -> Answer {
        await withCheckedContinuation { caller in
            let isFirst = state.withLock { state in
                state.waiting.append(Waiting(item: item, caller: caller))
                defer { state.isCommitting = true }
                return !state.isCommitting
            }
            // A thread that has ended runs it here and now: everybody is answered all the same.
            if isFirst { thread.submit { _ in self.commitAll(perform) } }
        }
    }

    /// Items that wait for the next commit.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    private func commitAll(_ perform: Commit) {
        while let group = next() {
            let answers = perform(group.map(\.item))
            for (waiting, answer) in zip(group, answers) { waiting.caller.resume(returning: answer) }
        }
    }

    /// What goes into the next commit; nil if nothing waits, and then the next caller begins anew.
    private func next() -> [Waiting]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isCommitting = false
                return nil
            }
            let group = Array(state.waiting.prefix(maximumCount))
            state.waiting.removeFirst(group.count)
            return group
        }
    }
}
