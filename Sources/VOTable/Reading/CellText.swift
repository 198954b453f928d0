// SPDX-License-Identifier: Apache-2.0

/// Where the cells of some rows lie in a piece of text, row by row.
struct CellText {
    /// Columns that there are to be.
    let columns: Int
    /// First byte of each cell; below 0 for one that is not there.
    var starts: [Int32] = []
    /// Byte after the last of each cell.
    var ends: [Int32] = []

    /// Rows so far.
    var rows: Int { columns == 0 ? 0 : starts.count / columns }

    /// The bytes of a cell without white space at its ends; nil for no cell, or an empty one.
    @inline(__always)
    func trimmed(_ cell: Int, in text: Span<UInt8>) -> Range<Int>? {
        var start = Int(starts[cell])
        guard start >= 0 else { return nil }
        var end = Int(ends[cell])
        while start < end, CellText.isBlank(text[start]) { start += 1 }
        while end > start, CellText.isBlank(text[end - 1]) { end -= 1 }
        return start < end ? start..<end : nil
    }

    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (byte >= 9 && byte <= 13) }

    mutating func removeAll() {
        starts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }
}
