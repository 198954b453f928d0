// SPDX-License-Identifier: Apache-2.0

import Console
import Foundation

/// Where results go: the terminal at once, files at the end.
struct BenchReport {
    /// True for JSON, one object a line, instead of tables.
    let printsJSON: Bool
    private var sections: [BenchSection] = []

    /// An empty report.
    init(printsJSON: Bool) { self.printsJSON = printsJSON }

    /// Prints a part and keeps it.
    mutating func add(_ section: BenchSection) {
        for table in section.tables {
            if printsJSON {
                for line in table.json { StandardOutput.write(line) }
            } else {
                StandardOutput.write(table.text)
            }
        }
        sections.append(section)
    }

    /// Writes all pictures into a folder, which is made if it is missing.
    func writePlots(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, plot) in sections.flatMap(\.plots) {
            try plot.svg.write(toFile: "\(folder)/\(name).svg", atomically: true, encoding: .utf8)
        }
    }

    /// Writes all tables as Markdown.
    ///
    /// If the file exists already, only what stands between the lines `<!-- tables -->` and `<!-- end of tables -->`
    /// is replaced, so that the words around the tables stay.
    func writeMarkdown(to path: String) throws {
        let (begin, end) = ("<!-- tables -->", "<!-- end of tables -->")
        let tables = sections.flatMap(\.tables).map(\.markdown).joined(separator: "\n")
        var text = "\(begin)\n\n\(tables)\n\(end)\n"
        if let old = try? String(contentsOfFile: path, encoding: .utf8), let first = old.range(of: begin),
            let last = old.range(of: end), first.upperBound <= last.lowerBound
        {
            text =
                old[..<first.upperBound] + "\n\n" + tables + "\n" + old[last.lowerBound...]
        }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
}
