// SPDX-License-Identifier: Apache-2.0

import XML

/// Writes rows as text between tags.
enum RowText {
    /// Appends the rows of columns of equal length; the index of a column with text that XML cannot hold, or nil.
    static func append(_ columns: [VOTableCells], to output: inout [UInt8]) -> Int? {
        let rows = columns.first?.count ?? 0
        let writers = columns.map { CellWriter($0) }
        for row in 0..<rows {
            output.append(contentsOf: rowBegin)
            for index in writers.indices {
                if columns[index].isNull(row) {
                    output.append(contentsOf: emptyCell)
                } else {
                    output.append(contentsOf: cellBegin)
                    guard writers[index].append(row, to: &output) else { return index }
                    output.append(contentsOf: cellEnd)
                }
            }
            output.append(contentsOf: rowEnd)
        }
        return nil
    }

    private static let rowBegin = Array("<TR>".utf8)
    private static let rowEnd = Array("</TR>\n".utf8)
    private static let cellBegin = Array("<TD>".utf8)
    private static let cellEnd = Array("</TD>".utf8)
    private static let emptyCell = Array("<TD/>".utf8)

    /// The cells of one column, ready to be written.
    private struct CellWriter {
        let cells: VOTableCells

        init(_ cells: VOTableCells) { self.cells = cells }

        /// Appends a cell that has a value; false if XML cannot hold it.
        @inline(__always)
        func append(_ row: Int, to output: inout [UInt8]) -> Bool {
            guard cells.ends.isEmpty else { return appendArray(row, to: &output) }
            switch cells.elements {
            case .double(let list): NumberText.append(list[row], to: &output)
            case .float(let list): NumberText.append(list[row], to: &output)
            case .long(let list): NumberText.append(list[row], to: &output)
            case .int(let list): NumberText.append(Int64(list[row]), to: &output)
            case .short(let list): NumberText.append(Int64(list[row]), to: &output)
            case .byte(let list): NumberText.append(Int64(list[row]), to: &output)
            case .boolean(let list): output.append(contentsOf: truth(list[row]).utf8)
            case .bit(let list): output.append(list[row] ? 49 : 48)
            case .text: return false
            }
            return true
        }

        private func truth(_ value: Bool?) -> String { value.map { $0 ? "true" : "false" } ?? "?" }

        private func appendArray(_ row: Int, to output: inout [UInt8]) -> Bool {
            let range = cells.range(row)
            func join<T>(_ list: [T], _ write: (T, inout [UInt8]) -> Void) {
                for index in range {
                    if index > range.lowerBound { output.append(32) }
                    write(list[index], &output)
                }
            }
            switch cells.elements {
            case .double(let list): join(list) { NumberText.append($0, to: &$1) }
            case .float(let list): join(list) { NumberText.append($0, to: &$1) }
            case .long(let list): join(list) { NumberText.append($0, to: &$1) }
            case .int(let list): join(list) { NumberText.append(Int64($0), to: &$1) }
            case .short(let list): join(list) { NumberText.append(Int64($0), to: &$1) }
            case .byte(let list): join(list) { NumberText.append(Int64($0), to: &$1) }
            case .boolean(let list): join(list) { $1.append(contentsOf: truth($0).utf8) }
            case .bit(let list): join(list) { $1.append($0 ? 49 : 48) }
            case .text(let bytes):
                guard bytes[range].allSatisfy(RowText.isPlain) else {
                    guard let text = XMLWriter.escaped(String(decoding: bytes[range], as: UTF8.self)) else {
                        return false
                    }
                    output += text
                    return true
                }
                output.append(contentsOf: bytes[range])
            }
            return true
        }
    }

    /// True for printable ASCII that means nothing in XML.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 32 && byte < 127 && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
    }
}
