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
        let (sql, arguments) = EventArchive.statement(for: query)
        return try await reading { database in
            try Row.fetchAll(database, sql: sql, arguments: arguments).map(ArchivedEvent.init(row:))
        }
    }

    /// What the database is asked for a query.
    static func statement(for query: EventQuery) -> (sql: String, arguments: StatementArguments) {
        var conditions: [String] = []
        var arguments = StatementArguments()
        func add(_ condition: String, _ values: (any DatabaseValueConvertible)?...) {
            guard values.allSatisfy({ $0 != nil }) else { return }
            conditions.append(condition)
            arguments += StatementArguments(values)
        }
        let column = query.order == .received ? "received_ns" : "event_ns"
        if query.order == .happened { conditions.append("event_ns IS NOT NULL") }
        add("(\(column), sequence) < (?, ?)", query.after?.time.nanosecondsSince1970, query.after?.sequence)
        add("ivorn = ?", query.ivorn)
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
        let pattern = query.text.map(EventArchive.pattern)
        add(
            #"(ivorn LIKE ? ESCAPE '\' OR event_type LIKE ? ESCAPE '\' OR target LIKE ? ESCAPE '\' "#
                + #"OR author LIKE ? ESCAPE '\')"#, pattern, pattern, pattern, pattern)
        let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        arguments += [max(0, query.limit)]
        let sql = """
            SELECT \(EventArchive.listed) FROM event \(filter) ORDER BY \(column) DESC, sequence DESC LIMIT ?
            """
        return (sql, arguments)
    }

    /// The events from a place on, in the order of the log.
    ///
    /// - Throws: `cannotRead`.
    public func listed(from sequence: EventSequence, limit: Int) async throws(ServerError) -> [ArchivedEvent] {
        try await reading { database in
            try Row.fetchAll(
                database,
                sql: "SELECT \(EventArchive.listed) FROM event WHERE sequence >= ? ORDER BY sequence LIMIT ?",
                arguments: [sequence, limit]
            ).map(ArchivedEvent.init(row:))
        }
    }

    /// The newest event with this ivorn and its packet, as it was received; nil if there is none.
    ///
    /// - Throws: `cannotRead`.
    public func event(ivorn: String) async throws(ServerError) -> (event: ArchivedEvent, packet: [UInt8])? {
        try await reading { database in
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: """
                        SELECT \(EventArchive.listed), packet FROM event WHERE ivorn = ?
                        ORDER BY sequence DESC LIMIT 1
                        """,
                    arguments: [ivorn])
            else { return nil }
            let packet: Data = row["packet"]
            return (ArchivedEvent(row: row), Array(packet))
        }
    }

    /// The columns that `ArchivedEvent` is made of, in its order.
    static let listed = """
        sequence, ivorn, role, version, received_ns, stream, author, event_type, target, event_ns, ra_deg, dec_deg
        """

    /// A pattern of LIKE for texts that hold a text.
    private static func pattern(_ text: String) -> String {
        var pattern = "%"
        for character in text {
            if "%_\\".contains(character) { pattern.append("\\") }
            pattern.append(character)
        }
        return pattern + "%"
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
    init(row: Row) {
        self.init(
            sequence: row[0], ivorn: row[1], role: row[2], version: row[3],
            received: UTCInstant(nanosecondsSince1970: row[4]), stream: row[5], author: row[6], eventType: row[7],
            target: row[8], time: (row[9] as Int64?).map(UTCInstant.init(nanosecondsSince1970:)),
            rightAscensionDegrees: row[10], declinationDegrees: row[11])
    }
}
