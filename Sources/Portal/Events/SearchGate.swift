// SPDX-License-Identifier: Apache-2.0

import Server
import VTP

/// Lets one search at a time into the archive, and no search for long: the archive's other readers are the
/// subscribers, who shall not wait for somebody who looks for something.
actor SearchGate {
    /// Searches that may wait for their turn.
    private static let maximumWaiting = 64

    private let timeLimit: Duration
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(timeLimit: Duration = .seconds(2)) { self.timeLimit = timeLimit }

    /// What a search finds.
    ///
    /// - Throws: 503 if too many wait, or it takes too long; what the search throws.
    func search<Found: Sendable>(_ body: @escaping @Sendable () async throws -> Found) async throws -> Found {
        guard waiting.count < SearchGate.maximumWaiting else {
            throw Problem(.serviceUnavailable, "too many searches wait already", headers: [.retryAfter: "5"])
        }
        if isBusy { await withCheckedContinuation { waiting.append($0) } } else { isBusy = true }
        defer { leave() }
        return try await withThrowingTaskGroup(of: Found?.self) { [timeLimit] tasks in
            tasks.addTask { try await body() }
            tasks.addTask {
                try await Task.sleep(for: timeLimit)
                return nil
            }
            defer { tasks.cancelAll() }
            guard let found = try await tasks.next() ?? nil else {
                throw Problem(.serviceUnavailable, "the search takes too long; narrow it down by time")
            }
            return found
        }
    }

    /// The next one has its turn without the gate being open in between.
    private func leave() {
        if waiting.isEmpty { isBusy = false } else { waiting.removeFirst().resume() }
    }
}
