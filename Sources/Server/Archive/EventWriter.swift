// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import VTP

/// Writes events into the archive's tables, many in one transaction.
struct EventWriter: Sendable {
    let pool: DatabasePool
    /// Path of the database, for messages.
    let path: String

    /// Stores events in one transaction; one answer for each, in their order.
    ///
    /// Blocks until the events are on the disk. If one of them cannot be stored, each is tried on its own, so that its neighbours do not suffer.
    func store(_ events: [LoggedEvent]) -> [Result<AppendResult, ServerError>] {
        do {
            return try pool.write { database in
                try events.map { .success(try EventWriter.insert($0, database)) }
            }
        } catch {
            guard events.count > 1 else { return [.failure(failure(error))] }
            var answers: [Result<AppendResult, ServerError>] = []
            for event in events { answers += store([event]) }
            return answers
        }
    }

    /// Finds an event by the bytes of its VOEvent element.
    static func find(_ event: LoggedEvent, _ database: Database) throws -> EventSequence? {
        // substr counts from 1.
        let statement = try database.cachedStatement(
            sql: """
                SELECT sequence FROM event
                WHERE root_hash = ? AND root_count = ? AND substr(packet, root_start + 1, root_count) = ?
                """)
        return try EventSequence.fetchOne(
            statement,
            arguments: [RootHash.of(event.rootElement), event.rootElement.count, Data(event.rootElement)])
    }

    /// Stores an event, unless it is known. Both happen in the caller's transaction: the same event may come on two
    /// connections at once, and twice in one group.
    private static func insert(_ event: LoggedEvent, _ database: Database) throws -> AppendResult {
        if let sequence = try find(event, database) { return .alreadyStored(sequence) }
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO event (ivorn, role, version, received_ns, root_hash, root_start, root_count, packet)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            event.envelope.ivorn, event.envelope.role, event.envelope.version, event.received.nanosecondsSince1970,
            RootHash.of(event.rootElement), event.envelope.rootRange.lowerBound, event.envelope.rootRange.count,
            Data(event.packet),
        ])
        return .stored(database.lastInsertedRowID)
    }

    private func failure(_ error: any Error) -> ServerError {
        ServerError(
            .cannotStore, place: path, message: EventArchive.explain(error),
            remedy: "check the free space and the health of the disk")
    }
}
