// SPDX-License-Identifier: Apache-2.0

/// Writes rows as bytes with flags for cells without a value (section 5.4).
enum RowBytes {
    /// Appends the rows of columns of equal length; a message if a cell does not fit to its column, or nil.
    static func append(_ columns: [VOTableCells], to output: inout [UInt8]) -> (column: Int, message: String)? {
        let rows = columns.first?.count ?? 0
        let flagBytes = (columns.count + 7) / 8
        for row in 0..<rows {
            let flags = output.count
            output.append(contentsOf: repeatElement(0, count: flagBytes))
            for index in columns.indices {
                let isNull = columns[index].isNull(row)
                if isNull { output[flags + index >> 3] |= 0x80 >> UInt8(index & 7) }
                if columns[index].ends.isEmpty {
                    appendNumber(columns[index].elements, row, to: &output)
                } else if let message = appendArray(columns[index], row, isNull: isNull, to: &output) {
                    return (index, message)
                }
            }
        }
        return nil
    }

    /// Appends a whole number with its highest byte first.
    @inline(__always)
    private static func append<T: FixedWidthInteger>(_ value: T, to output: inout [UInt8]) {
        var shift = T.bitWidth
        while shift > 0 {
            shift -= 8
            output.append(UInt8(truncatingIfNeeded: value >> T(shift)))
        }
    }

    @inline(__always)
    private static func appendNumber(_ elements: VOTableCells.Elements, _ index: Int, to output: inout [UInt8]) {
        switch elements {
        case .double(let list): append(list[index].bitPattern, to: &output)
        case .float(let list): append(list[index].bitPattern, to: &output)
        case .long(let list): append(UInt64(bitPattern: list[index]), to: &output)
        case .int(let list): append(UInt32(bitPattern: list[index]), to: &output)
        case .short(let list): append(UInt16(bitPattern: list[index]), to: &output)
        case .byte(let list), .text(let list): output.append(list[index])
        case .boolean(let list): output.append(list[index].map { $0 ? 84 : 70 } ?? 63)
        case .bit(let list): output.append(list[index] ? 0x80 : 0)
        }
    }

    private static func appendArray(
        _ cells: VOTableCells, _ row: Int, isNull: Bool, to output: inout [UInt8]
    ) -> String? {
        let type = cells.type
        let range = isNull ? 0..<0 : cells.range(row)
        if type.primitive.isText { return appendText(cells, range, to: &output) }
        let (count, rest) = range.count.quotientAndRemainder(dividingBy: type.primitive.numbersPerElement)
        guard rest == 0 else { return "a cell has half a complex number" }
        if type.hasCount {
            append(UInt32(truncatingIfNeeded: count), to: &output)
        } else if isNull {
            output.append(contentsOf: repeatElement(0, count: type.byteCount(elements: type.fixedCount)))
            return nil
        } else if count != type.fixedCount {
            return "a cell has \(count) elements instead of \(type.fixedCount)"
        }
        guard case .bit(let list) = cells.elements else {
            for index in range { appendNumber(cells.elements, index, to: &output) }
            return nil
        }
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: type.byteCount(elements: count)))
        for (place, index) in range.enumerated() where list[index] {
            output[start + place >> 3] |= 0x80 >> UInt8(place & 7)
        }
        return nil
    }

    private static func appendText(_ cells: VOTableCells, _ range: Range<Int>, to output: inout [UInt8]) -> String? {
        guard case .text(let bytes) = cells.elements else { return "the column has no text" }
        let size = cells.type.hasCount ? nil : cells.type.fixedCount
        if cells.type.primitive == .char {
            guard size.map({ range.count <= $0 }) ?? true else { return "a text is longer than its size" }
            if size == nil { append(UInt32(truncatingIfNeeded: range.count), to: &output) }
            output.append(contentsOf: bytes[range])
            output.append(contentsOf: repeatElement(0, count: max(0, (size ?? 0) - range.count)))
        } else {
            let units = Array(String(decoding: bytes[range], as: UTF8.self).utf16)
            guard size.map({ units.count <= $0 }) ?? true else { return "a text is longer than its size" }
            if size == nil { append(UInt32(truncatingIfNeeded: units.count), to: &output) }
            for unit in units { append(unit, to: &output) }
            output.append(contentsOf: repeatElement(0, count: 2 * max(0, (size ?? 0) - units.count)))
        }
        return nil
    }
}
