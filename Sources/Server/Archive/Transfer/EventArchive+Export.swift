// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import VTP

extension EventArchive {
    /// Events that share one part of the index.
    static let exportGroup = 1000

    /// Writes all events into a tar file: parts of an index (`index/000000001.jsonl`), each before the packets that it
    /// lists (`events/000000001.xml`), so that neither writing nor reading needs memory for more than a part.
    ///
    /// The file appears under its name when it is complete. Events that are stored meanwhile may be left out.
    ///
    /// - Returns: how many events were written.
    /// - Throws: `ServerError` or an error of the file system.
    public func export(to path: String) async throws -> Int {
        let partial = path + ".partial"
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let file = FileHandle(forWritingAtPath: partial)
        else {
            throw ServerError(
                .cannotWrite, place: path, message: "the file cannot be made",
                remedy: "choose a directory that you may write to")
        }
        var count = 0
        do {
            var next: EventSequence = 1
            while true {
                let group = try await exportable(from: next)
                guard let last = group.last else { break }
                try file.write(contentsOf: EventArchive.index(group))
                for (line, packet) in group {
                    let entry = TarFile.Entry(name: line.file, content: packet)
                    try file.write(
                        contentsOf: TarFile.block(entry, modifiedSeconds: line.received_ns / 1_000_000_000))
                }
                count += group.count
                next = last.line.sequence + 1
            }
            try file.write(contentsOf: TarFile.end)
            try file.synchronize()
            try file.close()
            if rename(partial, path) != 0 {
                throw ServerError(.cannotWrite, place: path, message: String(cString: strerror(errno)))
            }
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
        return count
    }

    private func exportable(from sequence: EventSequence) async throws -> [(line: ExportIndexLine, packet: Data)] {
        try await reading { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT sequence, ivorn, received_ns, packet FROM event WHERE sequence >= ?
                    ORDER BY sequence LIMIT ?
                    """, arguments: [sequence, EventArchive.exportGroup]
            ).map { row in
                let sequence: Int64 = row[0]
                let line = ExportIndexLine(
                    file: "events/\(EventArchive.padded(sequence)).xml", sequence: sequence, ivorn: row[1],
                    received_ns: row[2])
                return (line, row[3])
            }
        }
    }

    private static func index(_ group: [(line: ExportIndexLine, packet: Data)]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var text = Data()
        for (line, _) in group {
            text += try encoder.encode(line)
            text.append(UInt8(ascii: "\n"))
        }
        let first = group.first?.line
        let entry = TarFile.Entry(name: "index/\(padded(first?.sequence ?? 0)).jsonl", content: text)
        return TarFile.block(entry, modifiedSeconds: (first?.received_ns ?? 0) / 1_000_000_000)
    }

    private static func padded(_ sequence: Int64) -> String {
        let digits = String(sequence)
        return String(repeating: "0", count: max(0, 9 - digits.count)) + digits
    }
}
