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
    /// Blocks until the events are on the disk. If one of them cannot be stored, each is tried on its own, so that its
    /// neighbours do not suffer.
    func store(_ events: [ArchivableEvent]) -> [Result<AppendResult, ServerError>] {
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
    static func find(_ event: LoggedEvent, rootHash: Int64, _ database: Database) throws -> EventSequence? {
        // substr counts from 1.
        let statement = try database.cachedStatement(
            sql: """
                SELECT sequence FROM event
                WHERE ivorn = ? AND root_hash = ? AND root_count = ?
                    AND substr(packet, root_start + 1, root_count) = ?
                """)
        return try EventSequence.fetchOne(
            statement,
            arguments: [event.envelope.ivorn, rootHash, event.rootElement.count, Data(event.rootElement)])
    }

    /// Stores an event, unless it is known. Both happen in the caller's transaction: the same event may come on two
    /// connections at once, and twice in one group.
    private static func insert(_ new: ArchivableEvent, _ database: Database) throws -> AppendResult {
        let (event, summary) = (new.event, new.summary)
        if let sequence = try find(event, rootHash: new.rootHash, database) { return .alreadyStored(sequence) }
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO event (
                    ivorn, role, version, received_ns, stream, author, event_type, target, event_ns, ra_deg, dec_deg,
                    root_hash, root_start, root_count, packet)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            event.envelope.ivorn, event.envelope.role, event.envelope.version, event.received.nanosecondsSince1970,
            summary.stream, summary.author, summary.eventType, summary.target, summary.time?.nanosecondsSince1970,
            summary.position?.rightAscension, summary.position?.declination, new.rootHash,
            event.envelope.rootRange.lowerBound, event.envelope.rootRange.count, Data(event.packet),
        ])
        let sequence = database.lastInsertedRowID
        try insert(summary.citations, of: sequence, database)
        return .stored(sequence)
    }

    /// Stores what an event cites.
    static func insert(
        _ citations: [EventSummary.CitedEvent], of sequence: EventSequence, _ database: Database
    ) throws {
        for citation in citations {
            let statement = try database.cachedStatement(
                sql: "INSERT INTO citation (sequence, cited, kind) VALUES (?, ?, ?)")
            try statement.execute(arguments: [sequence, citation.ivorn, citation.kind])
        }
    }

    private func failure(_ error: any Error) -> ServerError {
        ServerError(
            .cannotStore, place: path, message: EventArchive.explain(error),
            remedy: "check the free space and the health of the disk")
    }
}
