// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Lets many callers share one costly commit: whatever waits when a commit begins goes into it.
///
/// A commit to disk costs the same for one item as for a hundred. While one runs the others gather; nobody waits for a
/// timer. Items are committed in the order in which they came.
final class GroupCommit<Item: Sendable, Answer: Sendable>: Sendable {
    /// Makes items durable together: one answer for each, in their order.
    typealias Commit = @Sendable ([Item]) async -> [Answer]

    private struct Waiting {
        let item: Item
        let caller: CheckedContinuation<Answer, Never>
    }

    private struct State {
        var waiting: [Waiting] = []
        var isCommitting = false
    }

    private let maximumCount: Int
    private let perform: Commit
    private let state = Mutex(State())

    /// A gatherer.
    ///
    /// - Parameters:
    ///   - maximumCount: items that go into one commit at most; the rest goes into the next.
    ///   - commit: makes items durable; never called twice at a time.
    init(maximumCount: Int = 512, commit: @escaping Commit) {
        self.maximumCount = maximumCount
        perform = commit
    }

    /// Commits an item with those that wait at the same time; returns its own answer.
    func commit(_ item: Item) async -> Answer {
        await withCheckedContinuation { caller in
            let isFirst = state.withLock { state in
                state.waiting.append(Waiting(item: item, caller: caller))
                defer { state.isCommitting = true }
                return !state.isCommitting
            }
            if isFirst { Task { await commitAll() } }
        }
    }

    /// Items that wait for the next commit.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    private func commitAll() async {
        while let group = next() {
            let answers = await perform(group.map(\.item))
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
