// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The tables of the alert service's store.
enum AlertSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: measurements, predictions, events to publish") { database in
            try database.execute(
                sql: """
                    CREATE TABLE feed (
                        name TEXT PRIMARY KEY,
                        address TEXT NOT NULL,
                        etag TEXT,
                        modified TEXT,
                        fetched_ns INTEGER,            -- last success, nanoseconds since 1970-01-01T00:00:00Z
                        failure TEXT                   -- why the last attempt failed; NULL if it did not
                    ) WITHOUT ROWID;
                    CREATE TABLE measurement (
                        feed TEXT NOT NULL,
                        time_ns INTEGER NOT NULL,
                        averaged_s REAL NOT NULL,
                        speed REAL, flow_longitude REAL, flow_latitude REAL, density REAL, temperature REAL,
                        bx REAL, by REAL, bz REAL,
                        speed_sigma REAL, density_sigma REAL, temperature_sigma REAL,
                        PRIMARY KEY (time_ns, feed)
                    ) WITHOUT ROWID;
                    CREATE TABLE prediction (
                        number INTEGER PRIMARY KEY AUTOINCREMENT,
                        rule TEXT NOT NULL,
                        revision INTEGER NOT NULL,
                        ivorn TEXT NOT NULL,           -- of the newest event about it
                        state TEXT NOT NULL,           -- open, closed, retracted
                        missed_runs INTEGER NOT NULL,
                        start_ns INTEGER NOT NULL, stop_ns INTEGER NOT NULL,
                        open_start INTEGER NOT NULL, open_stop INTEGER NOT NULL,
                        peak REAL, peak_ns INTEGER NOT NULL, mean REAL, quality REAL, angle_deg REAL
                    );
                    CREATE INDEX prediction_open ON prediction (rule) WHERE state = 'open';
                    CREATE TABLE outgoing (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        ivorn TEXT NOT NULL,
                        packet BLOB NOT NULL           -- as it goes to the broker, byte for byte
                    );
                    """)
        }
        migrator.registerMigration("2: probability of predictions") { database in
            try database.execute(sql: "ALTER TABLE prediction ADD COLUMN probability REAL")
        }
        return migrator
    }
}
