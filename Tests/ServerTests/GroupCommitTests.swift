// SPDX-License-Identifier: Apache-2.0

import Dispatch
import NIOPosix
import Synchronization
import Testing

@testable import Server

/// Many callers, one commit at a time, held open by the test.
struct GroupCommitTests {
    /// A disk that finishes a commit when the test says so, and notes what went into each.
    private final class Disk: Sendable {
        let groups = Mutex<[[Int]]>([])
        private let permission = DispatchSemaphore(value: 0)

        func commit(_ items: [Int]) -> [Int] {
            groups.withLock { $0.append(items) }
            permission.wait()
            return items.map { $0 * 10 }
        }

        func finishCommit() { permission.signal() }
    }

    private let thread = NIOThreadPool(numberOfThreads: 1)

    init() { thread.start() }

    @Test func `What comes during a commit shares the next one, and each caller gets its own answer`() async {
        let disk = Disk()
        let commits = GroupCommit<Int, Int>(thread: thread)
        async let first = commits.commit(1, with: disk.commit)
        while disk.groups.withLock({ $0.isEmpty }) { await Task.yield() }
        let others = Task {
            await withTaskGroup(of: (Int, Int).self) { group in
                for item in 2...40 { group.addTask { (item, await commits.commit(item, with: disk.commit)) } }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }
        while commits.waitingCount < 39 { await Task.yield() }
        disk.finishCommit()
        #expect(await first == 10)
        disk.finishCommit()
        let answers = await others.value
        #expect(answers == Dictionary(uniqueKeysWithValues: (2...40).map { ($0, $0 * 10) }))
        #expect(disk.groups.withLock { $0.map(\.count) } == [1, 39])
        try? await thread.shutdownGracefully()
    }

    @Test func `A group has a largest size`() async {
        let groups = Mutex<[Int]>([])
        let commits = GroupCommit<Int, Int>(thread: thread, maximumCount: 4)
        let commit: @Sendable ([Int]) -> [Int] = { items in
            groups.withLock { $0.append(items.count) }
            return items
        }
        await withTaskGroup(of: Void.self) { group in
            for item in 0..<100 { group.addTask { #expect(await commits.commit(item, with: commit) == item) } }
        }
        #expect(groups.withLock { $0.reduce(0, +) == 100 && $0.allSatisfy { $0 <= 4 } })
        try? await thread.shutdownGracefully()
    }
}
