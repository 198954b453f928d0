// SPDX-License-Identifier: Apache-2.0

import GRDB
public import Propagation
public import Transfer
public import UTC

extension AlertStore {
    /// What is known of a feed.
    public struct FeedState: Sendable, Hashable {
        /// By what its content is known again.
        public var validators = WebValidators()
        /// When it was fetched, or found unchanged, the last time.
        public var fetched: UTCInstant?
        /// Why the last attempt failed; nil if it did not.
        public var failure: String?
    }

    /// What is known of a feed; nothing if its address was another one.
    ///
    /// - Throws: `storage`.
    public func state(of feed: Feed) async throws(AlertError) -> FeedState {
        try await reading { database in
            guard
                let row = try Row.fetchOne(
                    database, sql: "SELECT * FROM feed WHERE name = ? AND address = ?",
                    arguments: [feed.name, feed.address])
            else { return FeedState() }
            let fetched: Int64? = row["fetched_ns"]
            return FeedState(
                validators: WebValidators(etag: row["etag"], modified: row["modified"]),
                fetched: fetched.map { UTCInstant(nanosecondsSince1970: $0) }, failure: row["failure"])
        }
    }

    /// Keeps what a feed has brought, in one commit with its validators. A time that was there before gets the new
    /// values: feeds correct themselves.
    ///
    /// - Throws: `storage`.
    public func keep(
        _ measurements: [SolarWindMeasurement], of feed: Feed, state: FeedState
    ) async throws(AlertError) {
        try await writing { database in
            let insert = try database.makeStatement(
                sql: """
                    INSERT OR REPLACE INTO measurement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            for item in measurements {
                try insert.execute(arguments: [
                    feed.name, item.time.nanosecondsSince1970, item.averagedSeconds, item.speed,
                    item.flowLongitudeDegrees, item.flowLatitudeDegrees, item.density, item.temperature,
                    item.bx, item.by, item.bz, item.speedSigma, item.densitySigma, item.temperatureSigma,
                ])
            }
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO feed (name, address, etag, modified, fetched_ns, failure)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    feed.name, feed.address, state.validators.etag, state.validators.modified,
                    state.fetched?.nanosecondsSince1970, state.failure,
                ])
        }
    }

    /// All measurements from a time on, in order.
    ///
    /// - Throws: `storage`.
    public func measurements(since time: UTCInstant) async throws(AlertError) -> [SolarWindMeasurement] {
        try await reading { database in
            var result: [SolarWindMeasurement] = []
            let rows = try Row.fetchCursor(
                database, sql: "SELECT * FROM measurement WHERE time_ns >= ? ORDER BY time_ns, feed",
                arguments: [time.nanosecondsSince1970])
            while let row = try rows.next() {
                var item = SolarWindMeasurement(
                    time: UTCInstant(nanosecondsSince1970: row["time_ns"]), averagedSeconds: row["averaged_s"])
                item.speed = row["speed"]
                item.flowLongitudeDegrees = row["flow_longitude"]
                item.flowLatitudeDegrees = row["flow_latitude"]
                item.density = row["density"]
                item.temperature = row["temperature"]
                (item.bx, item.by, item.bz) = (row["bx"], row["by"], row["bz"])
                item.speedSigma = row["speed_sigma"]
                item.densitySigma = row["density_sigma"]
                item.temperatureSigma = row["temperature_sigma"]
                result.append(item)
            }
            return result
        }
    }

    /// Time of the newest measurement; nil if there is none.
    ///
    /// - Throws: `storage`.
    public func newestMeasurement() async throws(AlertError) -> UTCInstant? {
        try await reading { database in
            try Int64.fetchOne(database, sql: "SELECT MAX(time_ns) FROM measurement")
                .map { UTCInstant(nanosecondsSince1970: $0) }
        }
    }

    /// Forgets measurements before a time.
    ///
    /// - Throws: `storage`.
    public func forgetMeasurements(before time: UTCInstant) async throws(AlertError) {
        try await writing { database in
            try database.execute(
                sql: "DELETE FROM measurement WHERE time_ns < ?", arguments: [time.nanosecondsSince1970])
        }
    }
}
