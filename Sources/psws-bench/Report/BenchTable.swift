// SPDX-License-Identifier: Apache-2.0

import JSON

/// A table of results, which prints as text, as Markdown and as JSON.
struct BenchTable {
    /// A column: the name in JSON, and the heading for people.
    struct Column {
        let name: String
        let heading: String
    }

    /// A value for programs and for people.
    struct Cell {
        let json: JSONText
        let text: String
    }

    /// Name of the measurement in JSON.
    let name: String
    /// Heading for people.
    let title: String
    /// The columns, from left to right.
    let columns: [Column]
    /// The rows, each with one cell a column.
    var rows: [[Cell]] = []
    /// Sentences below the table: what was measured and how to read it.
    var notes: [String] = []

    /// The table for a terminal.
    var text: String {
        let lines = [columns.map(\.heading)] + rows.map { $0.map(\.text) }
        let widths = columns.indices.map { index in lines.map { $0[index].count }.max() ?? 0 }
        let body = lines.map { line in
            zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
        }
        return ([title] + body.map { "  " + $0 } + notes.map { "  " + $0 }).joined(separator: "\n") + "\n"
    }

    /// The table for a document.
    var markdown: String {
        var lines = ["### \(title)", ""]
        lines.append("| " + columns.map(\.heading).joined(separator: " | ") + " |")
        lines.append("|" + columns.map { _ in "---|" }.joined())
        lines += rows.map { "| " + $0.map(\.text).joined(separator: " | ") + " |" }
        for note in notes { lines += ["", note] }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One object a row.
    var json: [String] {
        rows.map { row in
            JSONText.object([("test", .string(name))] + zip(columns, row).map { ($0.name, $1.json) }).description
        }
    }
}

extension BenchTable.Cell {
    /// A word.
    static func word(_ text: String) -> BenchTable.Cell { .init(json: .string(text), text: text) }

    /// A whole number.
    static func count(_ number: Int) -> BenchTable.Cell { .init(json: .integer(number), text: "\(number)") }

    /// A number with some decimals; a dash where there is none.
    static func number(_ value: Double?, decimals: Int = 2) -> BenchTable.Cell {
        .init(json: .number(value), text: value.map { BenchText.decimal($0, decimals) } ?? "–")
    }

    /// A yes or no, as `met` or `missed`; a dash where it cannot be told.
    static func verdict(_ isMet: Bool?) -> BenchTable.Cell {
        .init(json: isMet.map { .boolean($0) } ?? .null, text: isMet.map { $0 ? "met" : "missed" } ?? "–")
    }
}
