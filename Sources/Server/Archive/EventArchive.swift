// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import NIOPosix
import Synchronization
import UTC
import VTP

/// The centre's memory of events: an SQLite database in the data directory.
///
/// Every append is on disk, and would survive a power cut, before it returns: the database is in WAL mode with
/// `synchronous=FULL`.
public final class EventArchive: EventLog {
    /// Bytes of the newest events that are kept in memory for the relay.
    private static let recentBytes = 1 << 20

    /// Name of the database in the data directory.
    public static let fileName = "archive.sqlite"

    let path: String
    let pool: DatabasePool
    private let growth: LogGrowth
    let recent: Mutex<RecentEvents>
    private let commitThread = NIOThreadPool(numberOfThreads: 1)
    private let writer: EventWriter
    private let commits: GroupCommit<ArchivableEvent, Result<AppendResult, ServerError>>

    /// Opens the archive in a data directory; makes it if it is missing, unless the directory is for reading only.
    ///
    /// - Throws: `cannotOpenArchive`, or `notDurable` if the database does not take the promised setting.
    public init(in directory: DataDirectory) throws(ServerError) {
        path = directory.file(EventArchive.fileName)
        guard directory.use == .serving || FileManager.default.fileExists(atPath: path) else {
            throw ServerError(
                .cannotOpenArchive, place: path, message: "there is no archive",
                remedy: "say with --data or --config where it is")
        }
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            configuration.label = "event archive"
            // Each reader has a cache of its own, and a batch in its hands when many subscribers catch up.
            configuration.maximumReaderCount = 2
            // Of effect only in a database that is being made.
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA page_size = \(ArchiveSchema.pageBytes)") }
            pool = try DatabasePool(path: path, configuration: configuration)
            // The pool sets synchronous=NORMAL while it opens, whatever its configuration says: set it afterwards.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            if directory.use == .serving { try ArchiveSchema.migrator.migrate(pool) }
            guard try pool.read(ArchiveSchema.migrator.hasCompletedMigrations) else {
                throw DatabaseError(message: "the archive is of an older version; run the server once to renew it")
            }
            let newest = try pool.read(EventArchive.newestSequence)
            growth = LogGrowth(newest: newest)
            recent = Mutex(RecentEvents(newest: newest, maximumBytes: EventArchive.recentBytes))
            writer = EventWriter(pool: pool, path: path)
            commits = GroupCommit(thread: commitThread)
        } catch {
            throw ServerError(
                .cannotOpenArchive, place: path, message: EventArchive.explain(error),
                remedy: "check the disk; a copy of the file and of its -wal file can be looked at with sqlite3")
        }
        guard try synchronousLevel() == EventArchive.fullSynchronous else {
            throw ServerError(
                .notDurable, place: path, message: "the database does not write through to the disk",
                remedy: "use an SQLite that knows synchronous=FULL")
        }
        commitThread.start()
    }

    deinit { commitThread.shutdownGracefully { _ in } }

    /// The value of `PRAGMA synchronous` that makes a commit durable.
    static let fullSynchronous = 2

    /// What the writing connection's `PRAGMA synchronous` says.
    func synchronousLevel() throws(ServerError) -> Int {
        do {
            return try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
        } catch {
            throw ServerError(.cannotRead, place: path, message: EventArchive.explain(error))
        }
    }

    /// Returns when all that waits for the database's only writer is done; an error is an answer, too.
    func awaitWriter() async {
        try? await pool.writeWithoutTransaction { _ in }
    }

    /// Number of events.
    public func count() async throws(ServerError) -> Int {
        try await reading { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM event") ?? 0 }
    }

    /// Finds an event by its VOEvent element.
    ///
    /// - Throws: `cannotRead`.
    public func find(_ event: LoggedEvent) async throws -> EventSequence? {
        try await reading { try EventWriter.find(event, rootHash: RootHash.of(event.rootElement), $0) }
    }

    /// Makes an event durable, unless its VOEvent element is stored already; shares the commit with all events that
    /// wait at the same time.
    ///
    /// - Throws: `cannotStore`; then the event is not in the archive.
    public func append(_ event: LoggedEvent) async throws -> AppendResult {
        try await commits.commit(ArchivableEvent(event), with: store).get()
    }

    /// Stores events together and tells the readers. Blocks.
    func store(_ events: [ArchivableEvent]) -> [Result<AppendResult, ServerError>] {
        let results = writer.store(events)
        let newest = recent.withLock { recent in
            for (new, result) in zip(events, results) {
                if case .success(.stored(let sequence)) = result {
                    recent.append(
                        StoredEvent(
                            sequence: sequence, packet: new.event.packet, ivorn: new.event.envelope.ivorn))
                }
            }
            return recent.newest
        }
        growth.advance(to: newest)
        return results
    }

    /// Events from `sequence` on, in order: at most `limit` of them, and no more once they have `maximumBytes`
    /// together, but at least one if there is one.
    ///
    /// - Throws: `cannotRead`.
    public func events(
        from sequence: EventSequence, limit: Int, maximumBytes: Int
    ) async throws -> [StoredEvent] {
        if let events = recent.withLock({
            $0.events(from: sequence, limit: limit, maximumBytes: maximumBytes)
        }) {
            return events
        }
        return try await reading { database in
            let statement = try database.cachedStatement(
                sql: "SELECT sequence, ivorn, packet FROM event WHERE sequence >= ? ORDER BY sequence LIMIT ?")
            let rows = try Row.fetchCursor(statement, arguments: [sequence, limit])
            var events: [StoredEvent] = []
            var bytes = 0
            while bytes < maximumBytes, let row = try rows.next() {
                let packet: Data = row[2]
                events.append(StoredEvent(sequence: row[0], packet: Array(packet), ivorn: row[1]))
                bytes += packet.count
            }
            return events
        }
    }

    /// The place before which nothing stands that was received after `time`.
    ///
    /// The receiving clock may have been stepped back: the first such place is asked for, not the earliest time.
    ///
    /// - Throws: `cannotRead`.
    public func firstSequence(receivedAfter time: UTCInstant) async throws -> EventSequence {
        try await reading { database in
            let first = try EventSequence.fetchOne(
                database, sql: "SELECT MIN(sequence) FROM event WHERE received_ns > ?",
                arguments: [time.nanosecondsSince1970])
            return try first ?? EventArchive.newestSequence(database) + 1
        }
    }

    /// The place of the newest event, 0 if there is none.
    ///
    /// - Throws: `cannotRead`.
    public func newestSequence() async throws -> EventSequence {
        try await reading(EventArchive.newestSequence)
    }

    /// When the newest event was received; nil if there is none.
    ///
    /// - Throws: `cannotRead`.
    public func newestReception() async throws -> UTCInstant? {
        try await reading { database in
            try Int64.fetchOne(database, sql: "SELECT received_ns FROM event ORDER BY sequence DESC LIMIT 1")
        }.map(UTCInstant.init(nanosecondsSince1970:))
    }

    /// The newest place, now and after each growth.
    public func tail() -> AsyncStream<EventSequence> { growth.stream() }

    /// Closes the database. Later calls fail.
    public func close() throws(ServerError) {
        do { try pool.close() } catch {
            throw ServerError(.cannotOpenArchive, place: path, message: EventArchive.explain(error))
        }
    }

    func reading<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(ServerError) -> Value {
        do { return try await pool.read(body) } catch {
            throw ServerError(.cannotRead, place: path, message: EventArchive.explain(error))
        }
    }

    private static func newestSequence(_ database: Database) throws -> EventSequence {
        try EventSequence.fetchOne(database, sql: "SELECT MAX(sequence) FROM event") ?? 0
    }

    /// What SQLite says, without the statement and its values.
    static func explain(_ error: any Error) -> String {
        guard let failure = error as? DatabaseError else { return "\(error)" }
        return "SQLite: " + (failure.message ?? "\(failure.resultCode)")
    }
}
