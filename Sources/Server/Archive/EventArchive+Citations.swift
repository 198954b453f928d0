// SPDX-License-Identifier: Apache-2.0

import GRDB

extension EventArchive {
    /// The citations around an event, in both directions, as far as they reach; nil if the event is unknown.
    ///
    /// - Parameters:
    ///   - ivorn: the event in the middle.
    ///   - limit: events and links that are looked for at most, so that no net of citations costs much.
    /// - Throws: `cannotRead`.
    public func citations(around ivorn: String, limit: Int = 200) async throws(ServerError) -> CitationGraph? {
        try await reading { database in
            guard try EventArchive.newest(ivorn, database) != nil else { return nil }
            var graph = CitationGraph()
            var seen: Set<String> = [ivorn]
            var known: Set<CitationGraph.Link> = []
            var next = [ivorn]
            while !next.isEmpty {
                let present = next.removeFirst()
                if let event = try EventArchive.newest(present, database) { graph.events.append(event) }
                for link in try EventArchive.links(of: present, limit: limit + 1, database)
                where known.insert(link).inserted {
                    let neighbour = link.citing == present ? link.cited : link.citing
                    guard graph.links.count < limit, seen.contains(neighbour) || seen.count < limit else {
                        graph.isTruncated = true
                        break
                    }
                    graph.links.append(link)
                    if seen.insert(neighbour).inserted { next.append(neighbour) }
                }
            }
            graph.events.sort { $0.sequence < $1.sequence }
            return graph
        }
    }

    private static func newest(_ ivorn: String, _ database: Database) throws -> ArchivedEvent? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT \(listed) FROM event WHERE ivorn = ? ORDER BY sequence DESC LIMIT 1"),
            arguments: [ivorn]
        ).map(ArchivedEvent.init(row:))
    }

    private static func links(of ivorn: String, limit: Int, _ database: Database) throws -> [CitationGraph.Link] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT * FROM (
                    SELECT event.ivorn, citation.cited, citation.kind
                    FROM event JOIN citation ON citation.sequence = event.sequence WHERE event.ivorn = ?1 LIMIT ?2)
                UNION ALL
                SELECT * FROM (
                    SELECT event.ivorn, citation.cited, citation.kind
                    FROM citation JOIN event ON event.sequence = citation.sequence WHERE citation.cited = ?1 LIMIT ?2)
                """)
        return try Row.fetchAll(statement, arguments: [ivorn, limit]).map {
            CitationGraph.Link(citing: $0[0], cited: $0[1], kind: $0[2])
        }
    }
}
