// SPDX-License-Identifier: Apache-2.0

import XML

extension ColumnReader {
    /// Reads the cells of one column of rows in a binary serialisation.
    mutating func read(_ column: Int, of table: BinaryCells, in bytes: Span<UInt8>) {
        let starts = table.starts(of: column)
        var nulls = table.flags(of: column, in: bytes)
        func markNull(_ row: Int) {
            if nulls.isEmpty { nulls = [Bool](repeating: false, count: starts.count) }
            nulls[row] = true
        }
        func integers<T: FixedWidthInteger & BitwiseCopyable>(_ list: inout [T], _ bytes: Span<UInt8>) {
            let new = ColumnReader.words(starts, of: bytes, as: T.self)
            if let null = null.flatMap({ T(exactly: $0) }) {
                for row in new.indices where new[row] == null { markNull(row) }
            }
            list += new
        }
        guard type.isScalar else {
            if type.primitive == .char {
                readTexts(column, of: table, starts: starts, nulls: &nulls, in: bytes)
            } else {
                readArrays(column, of: table, starts: starts, nulls: &nulls, in: bytes)
            }
            return addNulls(nulls, rows: starts.count)
        }
        switch takeElements() {
        case .double(var list):
            list += ColumnReader.words(starts, of: bytes, as: UInt64.self).map { Double(bitPattern: $0) }
            cells.elements = .double(list)
        case .float(var list):
            list += ColumnReader.words(starts, of: bytes, as: UInt32.self).map { Float(bitPattern: $0) }
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
            for row in starts.indices {
                let truth = ColumnReader.truth(bytes[starts[row]])
                if truth == .wrong { fault(.boolean, row: row, "a byte is no truth value") }
                if truth.value == nil { markNull(row) }
                list.append(truth.value)
            }
            cells.elements = .boolean(list)
        case let other: cells.elements = other
        }
        addNulls(nulls, rows: starts.count)
    }

    /// Whole numbers with their highest byte first, from the bytes at some places.
    private static func words<T: FixedWidthInteger & BitwiseCopyable>(
        _ starts: [Int], of bytes: Span<UInt8>, as type: T.Type
    ) -> [T] {
        var list = [T](repeating: 0, count: starts.count)
        for row in starts.indices { list[row] = bytes.bigEndian(at: starts[row], as: type) }
        return list
    }

    /// Reads text of one byte a character.
    private mutating func readTexts(
        _ column: Int, of table: BinaryCells, starts: [Int], nulls: inout [Bool], in bytes: Span<UInt8>
    ) {
        guard case .text(var list) = takeElements() else { return }
        var ends: [Int] = []
        ends.reserveCapacity(starts.count)
        let hasFlags = table.layout.flagBytes > 0
        for row in starts.indices {
            let count = table.count(row: row, column: column)
            if count == 0, !hasFlags {
                if nulls.isEmpty { nulls = [Bool](repeating: false, count: starts.count) }
                nulls[row] = true
            } else if nulls.isEmpty || !nulls[row] {
                appendText(count, at: starts[row], of: bytes, row: row, to: &list)
            }
            ends.append(list.count)
        }
        cells.elements = .text(list)
        cells.ends += ends
    }

    private mutating func readArrays(
        _ column: Int, of table: BinaryCells, starts: [Int], nulls: inout [Bool], in bytes: Span<UInt8>
    ) {
        if nulls.isEmpty { nulls = [Bool](repeating: false, count: starts.count) }
        var elements = takeElements()
        for row in starts.indices {
            let count = table.count(row: row, column: column)
            if count == 0, table.layout.flagBytes == 0 { nulls[row] = true }
            if !nulls[row] {
                append(count, at: starts[row], of: bytes, row: row, to: &elements)
                if !type.primitive.isText, type.hasCount, count > 0 { checkCount(count, row: row) }
            }
            cells.ends.append(elements.count)
        }
        cells.elements = elements
        if !nulls.contains(true) { nulls = [] }
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
            let range = start..<bytes.firstIndex(of: 0, in: start..<(start + count))
            list.append(range, of: bytes)
            if bytes.union(of: range) >= 128 {
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
