// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import UTC
import VTP

/// What a check of an archive has found.
public struct ArchiveCheck: Sendable, Hashable {
    /// Events that were looked at.
    public internal(set) var events = 0
    /// Bytes of their packets.
    public internal(set) var packetBytes = 0
    /// Everything that is not as it should be, one sentence each; empty for a sound archive.
    public internal(set) var faults: [String] = []

    /// More faults than this are not listed.
    static let maximumFaults = 1000
}

extension EventArchive {
    /// Looks at the database, and at every event: whether its packet is the one whose hash was stored, can be read, and
    /// bears the ivorn under which it is found.
    ///
    /// - Throws: `cannotRead`.
    public func check() async throws -> ArchiveCheck {
        var check = ArchiveCheck()
        let database = try await reading { database in
            try String.fetchAll(database, sql: "PRAGMA integrity_check(100)")
        }
        if database != ["ok"] { check.faults += database.map { "database: \($0)" } }
        var next: EventSequence = 1
        while check.faults.count < ArchiveCheck.maximumFaults {
            let first = next
            let rows = try await reading { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT sequence, ivorn, root_hash, root_start, root_count, packet FROM event
                        WHERE sequence >= ? ORDER BY sequence LIMIT ?
                        """, arguments: [first, EventArchive.exportGroup]
                ).map(StoredRow.init)
            }
            guard let last = rows.last else { break }
            for row in rows {
                check.events += 1
                check.packetBytes += row.packet.count
                if let fault = row.fault { check.faults.append("event \(row.sequence): \(fault)") }
            }
            next = last.sequence + 1
        }
        return check
    }
}

/// A row of the table of events, as far as it can be checked against its packet.
private struct StoredRow: Sendable {
    let sequence: EventSequence
    let ivorn: String
    let rootHash: Int64
    let rootRange: Range<Int>
    let packet: [UInt8]

    init(_ row: Row) {
        sequence = row[0]
        ivorn = row[1]
        rootHash = row[2]
        let (start, count): (Int, Int) = (row[3], row[4])
        rootRange = start..<max(start, start + count)
        let data: Data = row[5]
        packet = Array(data)
    }

    /// What is wrong with the row; nil for a sound one.
    var fault: String? {
        guard rootRange.lowerBound >= 0, rootRange.upperBound <= packet.count else {
            return "the element that is compared reaches beyond the packet"
        }
        guard RootHash.of(packet[rootRange]) == rootHash else { return "the packet is not the one that was stored" }
        do throws(VTPError) {
            let event = try LoggedEvent(parsing: packet, received: UTCInstant(nanosecondsSince1970: 0))
            return event.envelope.ivorn == ivorn ? nil : "the packet bears another ivorn"
        } catch {
            return "the packet cannot be read: \(error)"
        }
    }
}
