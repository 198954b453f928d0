// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import UTC
import VTP

extension EventArchive {
    /// The events that a query asks for, newest first.
    ///
    /// - Throws: `cannotRead`.
    public func search(_ query: EventQuery) async throws(ServerError) -> [ArchivedEvent] {
        var conditions: [String] = []
        var arguments = StatementArguments()
        func add(_ condition: String, _ values: (any DatabaseValueConvertible)?...) {
            guard values.allSatisfy({ $0 != nil }) else { return }
            conditions.append(condition)
            arguments += StatementArguments(values)
        }
        let column = query.order == .received ? "received_ns" : "event_ns"
        if query.order == .happened { conditions.append("event_ns IS NOT NULL") }
        let last = query.order == .received ? query.after?.received : query.after?.time
        add("(\(column), sequence) < (?, ?)", last?.nanosecondsSince1970, query.after?.sequence)
        add(
            "received_ns BETWEEN ? AND ?", query.received?.lowerBound.nanosecondsSince1970,
            query.received?.upperBound.nanosecondsSince1970)
        add(
            "event_ns BETWEEN ? AND ?", query.happened?.lowerBound.nanosecondsSince1970,
            query.happened?.upperBound.nanosecondsSince1970)
        add("role = ?", query.role)
        add("stream = ?", query.stream)
        add("author = ?", query.author)
        add("event_type = ?", query.eventType)
        add("target = ?", query.target)
        add("sequence IN (SELECT sequence FROM citation WHERE cited = ?)", query.cites)
        let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        arguments += [max(0, query.limit)]
        let sql = """
            SELECT sequence, ivorn, role, version, received_ns, stream, author, event_type, target, event_ns, ra_deg,
                dec_deg
            FROM event \(filter) ORDER BY \(column) DESC, sequence DESC LIMIT ?
            """
        return try await reading { [arguments] database in
            try Row.fetchAll(database, sql: sql, arguments: arguments).map(ArchivedEvent.init(row:))
        }
    }

    /// The newest packet with this ivorn, as it was received; nil if there is none.
    ///
    /// - Throws: `cannotRead`.
    public func packet(ivorn: String) async throws(ServerError) -> [UInt8]? {
        try await reading { database in
            try Data.fetchOne(
                database, sql: "SELECT packet FROM event WHERE ivorn = ? ORDER BY sequence DESC LIMIT 1",
                arguments: [ivorn]
            ).map(Array.init)
        }
    }
}

extension ArchivedEvent {
    fileprivate init(row: Row) {
        self.init(
            sequence: row[0], ivorn: row[1], role: row[2], version: row[3],
            received: UTCInstant(nanosecondsSince1970: row[4]), stream: row[5], author: row[6], eventType: row[7],
            target: row[8], time: (row[9] as Int64?).map(UTCInstant.init(nanosecondsSince1970:)),
            rightAscensionDegrees: row[10], declinationDegrees: row[11])
    }
}
