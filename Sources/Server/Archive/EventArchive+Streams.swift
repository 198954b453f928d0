// SPDX-License-Identifier: Apache-2.0

import GRDB
import UTC

/// When a stream was heard last.
public struct StreamReception: Sendable, Hashable {
    /// The stream: an ivorn without its local part.
    public let stream: String
    /// When its newest event was received.
    public let received: UTCInstant
}

extension EventArchive {
    /// The streams that were heard last, newest first, found by steps through the index: the time it takes grows with
    /// the number of streams, not with that of events.
    ///
    /// - Parameters:
    ///   - limit: streams that are told at most.
    ///   - examined: streams that are looked at, in alphabetical order; an author who makes a stream of each event
    ///     shall not make this slow.
    /// - Throws: `cannotRead`.
    public func streamReceptions(limit: Int, examined: Int = 2000) async throws(ServerError) -> [StreamReception] {
        try await reading { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    WITH RECURSIVE
                        streams(stream) AS (
                            SELECT MIN(stream) FROM event
                            UNION ALL
                            SELECT (SELECT MIN(stream) FROM event WHERE stream > streams.stream) FROM streams
                            WHERE streams.stream IS NOT NULL LIMIT ?),
                        newest(stream, received_ns) AS (
                            SELECT stream, (SELECT MAX(received_ns) FROM event WHERE event.stream = streams.stream)
                            FROM streams WHERE stream IS NOT NULL)
                    SELECT stream, received_ns FROM newest ORDER BY received_ns DESC LIMIT ?
                    """, arguments: [examined, limit])
            return rows.map { StreamReception(stream: $0[0], received: UTCInstant(nanosecondsSince1970: $0[1])) }
        }
    }
}
