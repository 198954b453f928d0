// SPDX-License-Identifier: Apache-2.0

import GRDB
import UTC

extension EventArchive {
    /// Events removed in one transaction: few enough that no author waits for it.
    private static let removalGroup = 500

    /// Removes the events that were received before a time, in small groups. Their bytes are no longer known: sent
    /// again they are new events.
    ///
    /// - Returns: how many were removed.
    /// - Throws: `cannotStore`.
    public func removeEvents(receivedBefore time: UTCInstant) async throws(ServerError) -> Int {
        var total = 0
        while true {
            let removed: Int
            do {
                removed = try await pool.write { database in
                    let arguments: StatementArguments = [time.nanosecondsSince1970, EventArchive.removalGroup]
                    let old = "SELECT sequence FROM event WHERE received_ns < ? ORDER BY received_ns LIMIT ?"
                    try database.execute(
                        sql: "DELETE FROM citation WHERE sequence IN (\(old))", arguments: arguments)
                    try database.execute(sql: "DELETE FROM event WHERE sequence IN (\(old))", arguments: arguments)
                    return database.changesCount
                }
            } catch {
                throw ServerError(.cannotStore, place: path, message: EventArchive.explain(error))
            }
            total += removed
            recent.withLock { $0.forgetAll() }
            guard removed == EventArchive.removalGroup, !Task.isCancelled else { return total }
        }
    }
}
