// SPDX-License-Identifier: Apache-2.0

/// Finds rows of TABLEDATA in their simple form, as nearly all are written: `<TR>` and `<TD>` without attributes, text of
/// printable ASCII without references. Whatever is not of this form is left to the parser.
enum RowScanner {
    /// How a row ends.
    enum Outcome {
        /// All of it was there; the byte after it.
        case row(end: Int)
        /// It may be, but its end is not there yet.
        case incomplete
        /// It is not of the simple form.
        case other
    }

    /// Finds the row that begins at a byte, and adds its cells.
    ///
    /// - Parameter extra: called for the cells beyond the number of columns, and with how many cells a row lacks.
    @inline(__always)
    static func scan(
        _ bytes: Span<UInt8>, from start: Int, into cells: inout CellText, cellCount: inout Int
    ) -> Outcome {
        var index = start
        let count = bytes.count
        func tag(_ bytes: Span<UInt8>, _ first: UInt8, _ second: UInt8, at place: Int) -> Bool {
            bytes[place] == UInt8(ascii: "<") && bytes[place + 1] == first && bytes[place + 2] == second
                && bytes[place + 3] == UInt8(ascii: ">")
        }
        while index < count, CellText.isBlank(bytes[index]) { index += 1 }
        guard index + 4 <= count else { return index < count && bytes[index] != 60 ? .other : .incomplete }
        guard tag(bytes, UInt8(ascii: "T"), UInt8(ascii: "R"), at: index) else { return .other }
        index += 4
        cellCount = 0
        while true {
            while index < count, CellText.isBlank(bytes[index]) { index += 1 }
            guard index + 5 <= count else { return .incomplete }
            if tag(bytes, UInt8(ascii: "T"), UInt8(ascii: "D"), at: index) {
                index += 4
                let first = index
                while index < count, isPlain(bytes[index]) { index += 1 }
                guard index + 5 <= count else { return .incomplete }
                guard
                    bytes[index] == UInt8(ascii: "<"), bytes[index + 1] == UInt8(ascii: "/"),
                    bytes[index + 2] == UInt8(ascii: "T"), bytes[index + 3] == UInt8(ascii: "D"),
                    bytes[index + 4] == UInt8(ascii: ">")
                else { return .other }
                add(first, index, to: &cells, cellCount: &cellCount)
                index += 5
            } else if bytes[index] == UInt8(ascii: "<"), bytes[index + 1] == UInt8(ascii: "T"),
                bytes[index + 2] == UInt8(ascii: "D"), bytes[index + 3] == UInt8(ascii: "/"),
                bytes[index + 4] == UInt8(ascii: ">")
            {
                add(index, index, to: &cells, cellCount: &cellCount)
                index += 5
            } else if bytes[index] == UInt8(ascii: "<"), bytes[index + 1] == UInt8(ascii: "/"),
                bytes[index + 2] == UInt8(ascii: "T"), bytes[index + 3] == UInt8(ascii: "R"),
                bytes[index + 4] == UInt8(ascii: ">")
            {
                return .row(end: index + 5)
            } else {
                return .other
            }
        }
    }

    @inline(__always)
    private static func add(_ start: Int, _ end: Int, to cells: inout CellText, cellCount: inout Int) {
        if cellCount < cells.columns {
            cells.starts.append(Int32(truncatingIfNeeded: start))
            cells.ends.append(Int32(truncatingIfNeeded: end))
        }
        cellCount += 1
    }

    /// True for what can stand in text without a second look: printable ASCII but `<`, `>` and `&`, tab and line feed.
    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        if byte < 32 { return byte == 9 || byte == 10 }
        return byte < 127 && byte != UInt8(ascii: "<") && byte != UInt8(ascii: "&") && byte != UInt8(ascii: ">")
    }
}
