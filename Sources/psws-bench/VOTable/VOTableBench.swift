// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console
import Foundation
import VOTable

/// `psws-bench votable`: how fast tables are read and written.
struct VOTableBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "votable",
        abstract:
            "Speed and memory of reading and writing tables, beside astropy and a copy in memory in the same run.",
        discussion: """
            The table has eight columns: a whole number of 64 bits, a time, four numbers of 64 bits with all their digits, \
            one of 32 bits with a few, and a whole number of 32 bits. Both programs read from a file and write into one. \
            make interop installs astropy; without it the columns stay empty.
            """)

    @Option(help: ArgumentHelp("Rows of the table.", valueName: "n"))
    var rows = 1_000_000

    @Option(help: ArgumentHelp("Rows of the table that is read without being kept, to see the memory.", valueName: "n"))
    var streamRows = 10_000_000

    @Option(help: ArgumentHelp("Python with astropy.", valueName: "file"))
    var python = ".build/interop-venv/bin/python"

    @Flag(help: "Print one JSON object a line.")
    var json = false

    mutating func validate() throws {
        guard (1000...100_000_000).contains(rows), (0...1_000_000_000).contains(streamRows) else {
            throw ValidationError("--rows must be from 1000 to 100000000, --stream-rows from 0 to 1000000000.")
        }
    }

    func run() throws {
        var report = BenchReport(printsJSON: json)
        do {
            // Memory first: the kernel remembers the greatest.
            if streamRows > 0 { report.add(BenchSection(tables: [try memory()])) }
            report.add(BenchSection(tables: [try speed()]))
        } catch {
            StandardError.write("\(error)")
            throw ExitCode.failure
        }
    }

    private func memory() throws -> BenchTable {
        var table = BenchTable(
            name: "votable_memory", title: "Memory while \(streamRows) rows pass by",
            columns: [
                .init(name: "serialisation", heading: "serialisation"),
                .init(name: "megabytes", heading: "MB of table"),
                .init(name: "growth_mb", heading: "peak memory grows by MB"),
            ])
        for form in VOTableSerialisation.allCases {
            try VOTableBenchData.stream(rows: min(streamRows, 100_000), as: form)
            let before = VOTableBenchData.peakMegabytes
            let bytes = try VOTableBenchData.stream(rows: streamRows, as: form)
            table.rows.append([
                .word(form.rawValue), .number(Double(bytes) / 1e6, decimals: 0),
                .number(VOTableBenchData.peakMegabytes - before, decimals: 1),
            ])
        }
        return table
    }

    private func speed() throws -> BenchTable {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("psws-votable-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var table = BenchTable(
            name: "votable_speed", title: "\(rows) rows of 8 columns, seconds",
            columns: [
                .init(name: "serialisation", heading: "serialisation"), .init(name: "megabytes", heading: "MB"),
                .init(name: "copy_s", heading: "copy in memory"), .init(name: "read_s", heading: "read"),
                .init(name: "write_s", heading: "write"), .init(name: "astropy_read_s", heading: "astropy reads"),
                .init(name: "astropy_write_s", heading: "astropy writes"),
                .init(name: "read_ratio", heading: "astropy/read"),
                .init(name: "write_ratio", heading: "astropy/write"),
                .init(name: "read_copies", heading: "read/copy"),
            ])
        for form in VOTableSerialisation.allCases {
            let file = folder.appendingPathComponent("\(form.rawValue).vot").path
            let write = try VOTableBenchData.seconds { try VOTableBenchData.write(rows: rows, as: form, to: file) }
            let read = try VOTableBenchData.seconds { try VOTableBenchData.read(file, rows: rows) }
            let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: file)))
            let copy = VOTableBenchData.seconds { VOTableBenchData.copy(bytes) }
            let astropy = AstropyYardstick(python: python).measure(file, form, in: folder.path)
            table.rows.append([
                .word(form.rawValue), .number(Double(bytes.count) / 1e6, decimals: 0), .number(copy, decimals: 3),
                .number(read, decimals: 3), .number(write, decimals: 3), .number(astropy?.read),
                .number(astropy?.write),
                .number(astropy.map { $0.read / read }, decimals: 1),
                .number(astropy.map { $0.write / write }, decimals: 1), .number(read / copy, decimals: 1),
            ])
        }
        table.notes.append("The least of three runs, of one for astropy; read and write include the file in the cache.")
        return table
    }
}
