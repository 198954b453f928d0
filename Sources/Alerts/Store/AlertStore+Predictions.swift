// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Propagation
import UTC

extension AlertStore {
    /// An event that the broker does not have yet.
    public struct OutgoingEvent: Sendable, Hashable {
        /// Its place in the order of publication.
        public var id: Int64
        /// Its identifier.
        public var ivorn: String
        /// Its bytes.
        public var packet: [UInt8]
    }

    /// What becomes of a prediction in one commit.
    public enum Change: Sendable, Hashable {
        /// It is open, with what is in the value.
        case keep(PublishedPrediction)
        /// It is over, or taken back.
        case end(PublishedPrediction, isRetracted: Bool)
    }

    /// Predictions of a rule that are neither over nor taken back, in the order of their first publication.
    ///
    /// - Throws: `storage`.
    public func openPredictions(rule: String) async throws(AlertError) -> [PublishedPrediction] {
        try await reading { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM prediction WHERE rule = ? AND state = 'open' ORDER BY number",
                arguments: [rule]
            ).map(AlertStore.prediction)
        }
    }

    /// The number that the next new prediction gets.
    ///
    /// - Throws: `storage`.
    public func nextNumber() async throws(AlertError) -> Int64 {
        try await reading { database in
            let last = try Int64.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'prediction'")
            return (last ?? 0) + 1
        }
    }

    /// Makes changes and the events that tell of them durable, all or none.
    ///
    /// - Throws: `storage`.
    public func commit(
        _ changes: [Change], events: [(ivorn: String, packet: [UInt8])]
    ) async throws(AlertError) {
        let events = events.map { OutgoingEvent(id: 0, ivorn: $0.ivorn, packet: $0.packet) }
        try await writing { database in
            for change in changes {
                switch change {
                case .keep(let prediction): try AlertStore.insert(prediction, state: "open", database)
                case .end(let prediction, let isRetracted):
                    try AlertStore.insert(prediction, state: isRetracted ? "retracted" : "closed", database)
                }
            }
            for event in events {
                try database.execute(
                    sql: "INSERT INTO outgoing (ivorn, packet) VALUES (?, ?)",
                    arguments: [event.ivorn, Data(event.packet)])
            }
        }
    }

    /// The oldest event that the broker does not have yet; nil if there is none.
    ///
    /// - Throws: `storage`.
    public func nextOutgoing() async throws(AlertError) -> OutgoingEvent? {
        try await reading { database in
            try Row.fetchOne(database, sql: "SELECT * FROM outgoing ORDER BY id LIMIT 1").map { row in
                let packet: Data = row["packet"]
                return OutgoingEvent(id: row["id"], ivorn: row["ivorn"], packet: Array(packet))
            }
        }
    }

    /// Forgets an event: the broker has it, or will never take it.
    ///
    /// - Throws: `storage`.
    public func removeOutgoing(_ event: OutgoingEvent) async throws(AlertError) {
        try await writing { try $0.execute(sql: "DELETE FROM outgoing WHERE id = ?", arguments: [event.id]) }
    }

    private static func insert(_ prediction: PublishedPrediction, state: String, _ database: Database) throws {
        let interval = prediction.interval
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO prediction (
                    number, rule, revision, ivorn, state, missed_runs, start_ns, stop_ns, open_start, open_stop,
                    peak, peak_ns, mean, quality, angle_deg, probability)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                prediction.number, prediction.rule, prediction.revision, prediction.ivorn, state,
                prediction.missedRuns, interval.start.nanosecondsSince1970, interval.stop.nanosecondsSince1970,
                interval.isOpenAtStart, interval.isOpenAtStop, interval.peak,
                interval.peakTime.nanosecondsSince1970, interval.mean, interval.quality, interval.angleDegrees,
                interval.probability,
            ])
    }

    private static func prediction(_ row: Row) -> PublishedPrediction {
        func time(_ column: String) -> UTCInstant { UTCInstant(nanosecondsSince1970: row[column]) }
        func number(_ column: String) -> Double { row[column] ?? .nan }
        return PublishedPrediction(
            number: row["number"], rule: row["rule"], revision: row["revision"], ivorn: row["ivorn"],
            interval: WindInterval(
                start: time("start_ns"), stop: time("stop_ns"), isOpenAtStart: row["open_start"],
                isOpenAtStop: row["open_stop"], peak: number("peak"), peakTime: time("peak_ns"),
                mean: number("mean"), quality: number("quality"), probability: row["probability"],
                angleDegrees: number("angle_deg")),
            missedRuns: row["missed_runs"])
    }
}
