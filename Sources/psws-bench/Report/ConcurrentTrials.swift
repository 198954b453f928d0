// SPDX-License-Identifier: Apache-2.0

/// Trials that run at the same time, in an order that does not matter.
enum ConcurrentTrials {
    /// Runs trials, at most `jobs` at a time.
    ///
    /// - Returns: results in the order of the trials, whichever ended first: the same tables for any number of jobs.
    static func run<Trial: Sendable, Result: Sendable>(
        _ trials: [Trial], jobs: Int, body: @escaping @Sendable (Trial) throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results: [(index: Int, result: Result)] = []
            var waiting = trials.enumerated().makeIterator()
            for _ in 0..<max(1, jobs) {
                if let (index, trial) = waiting.next() { group.addTask { (index, try body(trial)) } }
            }
            while let (index, result) = try await group.next() {
                results.append((index, result))
                if let (index, trial) = waiting.next() { group.addTask { (index, try body(trial)) } }
            }
            return results.sorted { $0.index < $1.index }.map(\.result)
        }
    }
}
