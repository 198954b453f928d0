// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import UTC
import VTP

/// The tables of the archive and how older archives become newer ones.
enum ArchiveSchema {
    /// Bytes of a database page: packets of some kilobytes leave little room unused, and a commit writes few bytes that
    /// have not changed.
    static let pageBytes = 8192

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: events") { database in
            // AUTOINCREMENT: a sequence number is never used again, whatever is deleted.
            try database.execute(
                sql: """
                    CREATE TABLE event (
                        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                        ivorn TEXT NOT NULL,
                        role TEXT NOT NULL,
                        version TEXT NOT NULL,
                        received_ns INTEGER NOT NULL,  -- nanoseconds since 1970-01-01T00:00:00Z
                        root_hash INTEGER NOT NULL,    -- of the VOEvent element from < to >
                        root_start INTEGER NOT NULL,   -- first byte of that element in the packet, from 0
                        root_count INTEGER NOT NULL,   -- its length in bytes
                        packet BLOB NOT NULL           -- as it was received, byte for byte
                    );
                    CREATE INDEX event_root_hash ON event (root_hash);
                    CREATE INDEX event_ivorn ON event (ivorn);
                    """)
        }
        migrator.registerMigration("2: what people search by", migrate: addSearch)
        migrator.registerMigration("3: when each stream was heard last") { database in
            try database.execute(sql: "CREATE INDEX event_stream_received ON event (stream, received_ns)")
        }
        // Without them the newest of a type or target are found by sorting all of it.
        migrator.registerMigration("4: the newest of a type, of a target") { database in
            try database.execute(
                sql: """
                    CREATE INDEX event_type_received ON event (event_type, received_ns) WHERE event_type IS NOT NULL;
                    CREATE INDEX event_target_received ON event (target, received_ns) WHERE target IS NOT NULL;
                    """)
        }
        return migrator
    }

    /// The table is made anew, so that the packet stays the last column: what is searched by is read without it.
    private static func addSearch(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE event_2 (
                    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                    ivorn TEXT NOT NULL,
                    role TEXT NOT NULL,
                    version TEXT NOT NULL,
                    received_ns INTEGER NOT NULL,  -- nanoseconds since 1970-01-01T00:00:00Z
                    stream TEXT NOT NULL,          -- the ivorn without its local part
                    author TEXT,                   -- Who/AuthorIVORN
                    event_type TEXT,
                    target TEXT,
                    event_ns INTEGER,              -- when it happened, as received_ns
                    ra_deg REAL,                   -- right ascension and declination, ICRS or FK5
                    dec_deg REAL,
                    root_hash INTEGER NOT NULL,    -- of the VOEvent element from < to >
                    root_start INTEGER NOT NULL,   -- first byte of that element in the packet, from 0
                    root_count INTEGER NOT NULL,   -- its length in bytes
                    packet BLOB NOT NULL           -- as it was received, byte for byte
                );
                INSERT INTO event_2 (
                    sequence, ivorn, role, version, received_ns, stream, root_hash, root_start, root_count, packet)
                SELECT sequence, ivorn, role, version, received_ns, '', root_hash, root_start, root_count, packet
                FROM event;
                UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'event')
                WHERE name = 'event_2' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'event');
                DROP TABLE event;
                ALTER TABLE event_2 RENAME TO event;
                CREATE TABLE citation (
                    sequence INTEGER NOT NULL,     -- the event that cites
                    cited TEXT NOT NULL,           -- ivorn of the event that is cited
                    kind TEXT NOT NULL,            -- followup, supersedes, retraction; empty if not said
                    PRIMARY KEY (sequence, cited, kind)
                ) WITHOUT ROWID;
                """)
        try summariseAll(database)
        try database.execute(
            sql: """
                -- Equal elements have equal ivorns: one index finds both an ivorn and an element.
                CREATE INDEX event_identity ON event (ivorn, root_hash);
                CREATE INDEX event_received ON event (received_ns);
                CREATE INDEX event_time ON event (event_ns) WHERE event_ns IS NOT NULL;
                CREATE INDEX event_type_time ON event (event_type, event_ns) WHERE event_type IS NOT NULL;
                CREATE INDEX event_target_time ON event (target, event_ns) WHERE target IS NOT NULL;
                CREATE INDEX citation_cited ON citation (cited);
                """)
    }

    private static func summariseAll(_ database: Database) throws {
        let sequences = try EventSequence.fetchAll(database, sql: "SELECT sequence FROM event")
        for sequence in sequences {
            guard
                let packet = try Data.fetchOne(
                    database, sql: "SELECT packet FROM event WHERE sequence = ?", arguments: [sequence]),
                let event = try? LoggedEvent(parsing: Array(packet), received: UTCInstant(nanosecondsSince1970: 0))
            else { continue }
            let summary = EventSummary(event.document, ivorn: event.envelope.ivorn)
            try database.execute(
                sql: """
                    UPDATE event SET stream = ?, author = ?, event_type = ?, target = ?, event_ns = ?, ra_deg = ?,
                        dec_deg = ?
                    WHERE sequence = ?
                    """,
                arguments: [
                    summary.stream, summary.author, summary.eventType, summary.target,
                    summary.time?.nanosecondsSince1970, summary.position?.rightAscension,
                    summary.position?.declination, sequence,
                ])
            try EventWriter.insert(summary.citations, of: sequence, database)
        }
    }
}
