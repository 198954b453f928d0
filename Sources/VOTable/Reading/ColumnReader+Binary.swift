// SPDX-License-Identifier: Apache-2.0

extension ColumnReader {
    /// Reads the cells of one column of rows in a binary serialisation.
    mutating func read(_ column: Int, of table: BinaryCells, in bytes: Span<UInt8>) {
        guard type.isScalar else { return readArrays(column, of: table, in: bytes) }
        let rows = table.rows
        var nulls: [Bool] = []
        if table.layout.flagBytes > 0 {
            for row in 0..<rows where table.isFlagged(row: row, column: column, in: bytes) {
                if nulls.isEmpty { nulls = [Bool](repeating: false, count: rows) }
                nulls[row] = true
            }
        }
        func integers<T: FixedWidthInteger & BitwiseCopyable>(_ list: inout [T], _ bytes: Span<UInt8>) {
            list.reserveCapacity(list.count + rows)
            for row in 0..<rows {
                list.append(bytes.bigEndian(at: table.start(row: row, column: column), as: T.self))
            }
            guard let null = null.flatMap({ T(exactly: $0) }) else { return }
            for row in 0..<rows where list[list.count - rows + row] == null {
                if nulls.isEmpty { nulls = [Bool](repeating: false, count: rows) }
                nulls[row] = true
            }
        }
        switch takeElements() {
        case .double(var list):
            list.reserveCapacity(list.count + rows)
            for row in 0..<rows {
                let bits = bytes.bigEndian(at: table.start(row: row, column: column), as: UInt64.self)
                list.append(Double(bitPattern: bits))
            }
            cells.elements = .double(list)
        case .float(var list):
            list.reserveCapacity(list.count + rows)
            for row in 0..<rows {
                let bits = bytes.bigEndian(at: table.start(row: row, column: column), as: UInt32.self)
                list.append(Float(bitPattern: bits))
            }
            cells.elements = .float(list)
        case .long(var list):
            integers(&list, bytes)
            cells.elements = .long(list)
        case .int(var list):
            integers(&list, bytes)
            cells.elements = .int(list)
        case .short(var list):
            integers(&list, bytes)
            cells.elements = .short(list)
        case .byte(var list):
            integers(&list, bytes)
            cells.elements = .byte(list)
        case .boolean(var list):
            for row in 0..<rows {
                let truth = ColumnReader.truth(bytes[table.start(row: row, column: column)])
                if truth == .wrong { fault(.boolean, row: row, "a byte is no truth value") }
                if truth.value == nil {
                    if nulls.isEmpty { nulls = [Bool](repeating: false, count: rows) }
                    nulls[row] = true
                }
                list.append(truth.value)
            }
            cells.elements = .boolean(list)
        case let other: cells.elements = other
        }
        addNulls(nulls, rows: rows)
    }

    private mutating func readArrays(_ column: Int, of table: BinaryCells, in bytes: Span<UInt8>) {
        var nulls = [Bool](repeating: false, count: table.rows)
        var elements = takeElements()
        for row in 0..<table.rows {
            let start = table.start(row: row, column: column)
            let count = table.count(row: row, column: column)
            let isFlagged = table.isFlagged(row: row, column: column, in: bytes)
            nulls[row] = isFlagged || (count == 0 && table.layout.flagBytes == 0)
            if !isFlagged {
                append(count, at: start, of: bytes, row: row, to: &elements)
                if !type.primitive.isText, type.hasCount, count > 0 { checkCount(count, row: row) }
            }
            cells.ends.append(elements.count)
        }
        cells.elements = elements
        addNulls(nulls.contains(true) ? nulls : [], rows: table.rows)
    }

    /// Adds the elements of one cell.
    private mutating func append(
        _ count: Int, at start: Int, of bytes: Span<UInt8>, row: Int, to elements: inout VOTableCells.Elements
    ) {
        let numbers = count * type.primitive.numbersPerElement
        let old = elements
        elements = .boolean([])
        switch consume old {
        case .double(var list):
            for index in 0..<numbers {
                list.append(Double(bitPattern: bytes.bigEndian(at: start + 8 * index, as: UInt64.self)))
            }
            elements = .double(list)
        case .float(var list):
            for index in 0..<numbers {
                list.append(Float(bitPattern: bytes.bigEndian(at: start + 4 * index, as: UInt32.self)))
            }
            elements = .float(list)
        case .long(var list):
            for index in 0..<count { list.append(bytes.bigEndian(at: start + 8 * index, as: Int64.self)) }
            elements = .long(list)
        case .int(var list):
            for index in 0..<count { list.append(bytes.bigEndian(at: start + 4 * index, as: Int32.self)) }
            elements = .int(list)
        case .short(var list):
            for index in 0..<count { list.append(bytes.bigEndian(at: start + 2 * index, as: Int16.self)) }
            elements = .short(list)
        case .byte(var list):
            for index in 0..<count { list.append(bytes[start + index]) }
            elements = .byte(list)
        case .boolean(var list):
            for index in 0..<count {
                let truth = ColumnReader.truth(bytes[start + index])
                if truth == .wrong { fault(.boolean, row: row, "a byte is no truth value") }
                list.append(truth.value)
            }
            elements = .boolean(list)
        case .bit(var list):
            for index in 0..<count { list.append(bytes[start + index >> 3] & (0x80 >> UInt8(index & 7)) != 0) }
            elements = .bit(list)
        case .text(var list):
            appendText(count, at: start, of: bytes, row: row, to: &list)
            elements = .text(list)
        }
    }

    /// Adds text up to its first NUL, which fills what is shorter than its size.
    private mutating func appendText(
        _ count: Int, at start: Int, of bytes: Span<UInt8>, row: Int, to list: inout [UInt8]
    ) {
        let before = list.count
        if type.primitive == .char {
            var highest: UInt8 = 0
            for index in start..<(start + count) {
                if bytes[index] == 0 { break }
                highest |= bytes[index]
                list.append(bytes[index])
            }
            if highest >= 128 {
                fault(.notASCII, row: row, "datatype char with other characters than ASCII")
                // Whatever the bytes are, the text is to be one.
                let text = String(decoding: list[before...], as: UTF8.self)
                list.removeSubrange(before...)
                list.append(contentsOf: text.utf8)
            }
        } else {
            var units: [UInt16] = []
            for index in 0..<count {
                let unit = bytes.bigEndian(at: start + 2 * index, as: UInt16.self)
                if unit == 0 { break }
                units.append(unit)
            }
            list.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
        }
    }
}
