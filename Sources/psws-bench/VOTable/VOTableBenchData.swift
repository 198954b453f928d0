// SPDX-License-Identifier: Apache-2.0

import Foundation
import VOTable

/// The table that is measured with.
enum VOTableBenchData {
    /// Rows that are made at a time.
    private static let batch = 4096

    /// The document without its rows.
    static func document() throws -> VOTableDocument {
        func column(_ name: String, _ cells: VOTableCells?, unit: String? = nil) -> VOTableColumn {
            VOTableColumn(VOTableField(name, unit: unit), cells.map { .cells($0) } ?? .double([]))
        }
        let time = VOTableCells(.text, .text([]), ends: [])
        let columns = [
            column("id", VOTableCells(.long([]))), column("time", time), column("x", nil, unit: "km"),
            column("y", nil, unit: "km"), column("vx", nil, unit: "km.s**-1"), column("vy", nil, unit: "km.s**-1"),
            column("flux", VOTableCells(.float([])), unit: "Jy"), column("count", VOTableCells(.int([]))),
        ]
        return VOTableDocument(resources: [VOTableResource(tables: [VOTableTable(name: "bench", columns: columns)])])
    }

    /// So many rows from one on; the same every time.
    static func rows(_ range: Range<Int>) -> [VOTableCells] {
        // SplitMix64, made of the number of the row.
        func random(_ row: Int, _ column: UInt64) -> Double {
            var z = UInt64(row) &* 0x9E37_79B9_7F4A_7C15 &+ column &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ z >> 30) &* 0x94D0_49BB_1331_11EB
            return Double((z ^ z >> 31) >> 11) / 9007199254740992
        }
        var text: [UInt8] = []
        var ends: [Int] = []
        for row in range {
            let second = row % 60
            let minute = row / 60 % 60
            text.append(
                contentsOf: "2026-11-23T\(10 + row / 3600 % 14):\(10 + minute % 50):\(10 + second % 50).000".utf8)
            ends.append(text.count)
        }
        func doubles(_ column: UInt64, _ scale: Double) -> VOTableCells? {
            VOTableCells(.double(range.map { (random($0, column) - 0.5) * scale }))
        }
        return [
            VOTableCells(.long(range.map { Int64($0) * 1_000_003 })), VOTableCells(.text, .text(text), ends: ends),
            doubles(2, 1e6), doubles(3, 1e6), doubles(4, 1e3), doubles(5, 1e3),
            VOTableCells(.float(range.map { Float((random($0, 6) * 1e4).rounded() / 100) })),
            VOTableCells(.int(range.map { Int32($0 % 1000) })),
        ].compactMap { $0 }
    }

    private static func batches(_ count: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: batch).map { $0..<min($0 + batch, count) }
    }

    /// Writes rows that lie in memory into a file; making them is not measured.
    static func write(rows count: Int, as form: VOTableSerialisation, to path: String) throws -> () throws -> Void {
        let all = batches(count).map(rows)
        return {
            guard FileManager.default.createFile(atPath: path, contents: nil) else {
                throw CocoaError(.fileWriteUnknown)
            }
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            var writer = try VOTableStreamWriter(try document(), as: form)
            for columns in all { try file.write(contentsOf: try writer.write(columns)) }
            try file.write(contentsOf: try writer.finish())
            try file.close()
        }
    }

    /// Keeps all rows.
    private final class Keeper: VOTableRowConsumer {
        var rows: [VOTableRows] = []
        func beginTable(_ table: VOTableTable) {}
        func take(_ rows: VOTableRows) { self.rows.append(rows) }
        func endTable() {}
    }

    /// Counts rows and keeps none.
    private final class Counter: VOTableRowConsumer {
        var count = 0
        func beginTable(_ table: VOTableTable) {}
        func take(_ rows: VOTableRows) { count += rows.count }
        func endTable() {}
    }

    /// Reads a file into columns.
    static func read(_ path: String, rows count: Int) throws -> () throws -> Void {
        return {
            let keeper = Keeper()
            let reader = try VOTableStreamReader(mode: .strict, consumer: keeper)
            guard let file = fopen(path, "rb") else { throw CocoaError(.fileReadNoSuchFile) }
            defer { fclose(file) }
            var piece = [UInt8](repeating: 0, count: 1 << 18)
            while true {
                let length = fread(&piece, 1, piece.count, file)
                guard length > 0 else { break }
                try reader.feed(piece.span.extracting(..<length))
            }
            _ = try reader.finish()
            guard keeper.rows.reduce(0, { $0 + $1.count }) == count else { throw CocoaError(.fileReadCorruptFile) }
        }
    }

    /// Copies bytes to fresh memory.
    static func copy(_ bytes: [UInt8]) -> () -> Void {
        return {
            let copy = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
                _ = buffer.initialize(fromContentsOf: bytes)
                count = bytes.count
            }
            precondition(copy.count == bytes.count)
        }
    }

    /// Writes and reads rows without a file and without keeping them; returns the bytes of the table.
    @discardableResult
    static func stream(rows count: Int, as form: VOTableSerialisation) throws -> Int {
        let counter = Counter()
        let reader = try VOTableStreamReader(mode: .strict, consumer: counter)
        var writer = try VOTableStreamWriter(try document(), as: form)
        var total = 0
        for range in batches(count) {
            let bytes = try writer.write(rows(range))
            total += bytes.count
            try reader.feed(bytes)
        }
        try reader.feed(try writer.finish())
        _ = try reader.finish()
        guard counter.count == count else { throw CocoaError(.fileReadCorruptFile) }
        return total
    }

    /// Seconds of the fastest of three runs.
    static func seconds<E>(_ prepare: () throws(E) -> () throws(E) -> Void) throws(E) -> Double {
        let run = try prepare()
        var least = Double.infinity
        for _ in 0..<3 {
            let start = DispatchTime.now().uptimeNanoseconds
            try run()
            least = min(least, Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9)
        }
        return least
    }

    /// Greatest resident memory of this process so far, in MB.
    static var peakMegabytes: Double {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({
                Double($0)
            })
        else { return .nan }
        return kilobytes * 1024 / 1e6
    }
}
