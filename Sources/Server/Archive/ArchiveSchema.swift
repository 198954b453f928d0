// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The tables of the archive and how older archives become newer ones.
enum ArchiveSchema {
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
        return migrator
    }
}
