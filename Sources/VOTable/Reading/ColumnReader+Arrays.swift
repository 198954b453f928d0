// SPDX-License-Identifier: Apache-2.0

import XML

extension ColumnReader {
    /// Reads text, arrays, complex numbers and bits.
    mutating func readArrays(_ column: Int, of text: CellText, in bytes: Span<UInt8>) {
        let rows = text.rows
        var nulls = [Bool](repeating: false, count: rows)
        var hasNulls = false
        var elements = takeElements()
        for row in 0..<rows {
            let cell = row * text.columns + column
            if type.primitive.isText {
                let start = Int(text.starts[cell])
                if start >= 0, text.ends[cell] > start {
                    appendText(bytes, start..<Int(text.ends[cell]), row: row, to: &elements)
                } else {
                    nulls[row] = true
                    hasNulls = true
                }
            } else if let range = text.trimmed(cell, in: bytes) {
                let before = elements.count
                appendArray(bytes, range, row: row, to: &elements)
                if type.primitive.numbersPerElement == 2, (elements.count - before) % 2 != 0 {
                    fault(.complex, row: row, "a complex number lacks its second part")
                    elements.appendNotANumber()
                }
                checkCount((elements.count - before) / type.primitive.numbersPerElement, row: row)
            } else {
                nulls[row] = true
                hasNulls = true
            }
            cells.ends.append(elements.count)
        }
        cells.elements = elements
        addNulls(hasNulls ? nulls : [], rows: rows)
    }

    /// Adds the characters of a cell as they stand.
    private mutating func appendText(
        _ bytes: Span<UInt8>, _ range: Range<Int>, row: Int, to elements: inout VOTableCells.Elements
    ) {
        guard case .text(var list) = elements else { return }
        elements = .boolean([])
        let before = list.count
        list.append(range, of: bytes)
        let highest = bytes.union(of: range)
        elements = .text(list)
        let count = highest < 128 ? range.count : characters(list[before...])
        if highest >= 128, type.primitive == .char {
            fault(.notASCII, row: row, "datatype char with other characters than ASCII: \"\(quoted(bytes, range))\"")
        }
        if let longest = longestText, count > longest {
            fault(.tooLong, row: row, "the text \"\(quoted(bytes, range))\" is longer than its size of \(longest)")
        }
    }

    /// Characters of text in UTF-8.
    func characters(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }

    /// Characters that text has at most; nil for any number.
    private var longestText: Int? {
        guard let shape = type.shape else { return 1 }
        return shape.isVariable ? shape.bound.map { $0 * shape.fixedCount } : shape.fixedCount
    }

    /// The number of elements must be that of the fixed dimensions, or whole lines of them.
    mutating func checkCount(_ count: Int, row: Int) {
        let fixed = type.fixedCount
        if type.hasCount {
            guard fixed > 0 else { return }
            if count % fixed != 0 {
                fault(.elementCount, row: row, "\(count) elements are no multiple of \(fixed)")
            } else if let bound = type.shape?.bound, count > bound * fixed {
                fault(.elementCount, row: row, "\(count) elements are more than \(bound * fixed)")
            }
        } else if count != fixed {
            fault(.elementCount, row: row, "\(count) elements instead of \(fixed)")
        }
    }

    /// Adds the elements of a cell, which stand between white space.
    private mutating func appendArray(
        _ bytes: Span<UInt8>, _ range: Range<Int>, row: Int, to elements: inout VOTableCells.Elements
    ) {
        if case .bit(var list) = elements {
            elements = .boolean([])
            for index in range where !CellText.isBlank(bytes[index]) {
                let byte = bytes[index]
                if byte != UInt8(ascii: "0"), byte != UInt8(ascii: "1") {
                    fault(.bit, row: row, "\"\(quoted(bytes, index..<(index + 1)))\" is no bit")
                }
                list.append(byte == UInt8(ascii: "1"))
            }
            elements = .bit(list)
            return
        }
        var start = range.lowerBound
        var hasCommas = false
        while start < range.upperBound {
            func isGap(_ byte: UInt8) -> Bool {
                if byte == UInt8(ascii: ",") { hasCommas = true }
                return byte == UInt8(ascii: ",") || CellText.isBlank(byte)
            }
            while start < range.upperBound, isGap(bytes[start]) { start += 1 }
            var end = start
            while end < range.upperBound, !isGap(bytes[end]) { end += 1 }
            if end > start { appendElement(bytes, start..<end, row: row, to: &elements) }
            start = end
        }
        if hasCommas { fault(.commas, row: row, "an array has commas instead of blanks") }
    }

    private mutating func appendElement(
        _ bytes: Span<UInt8>, _ range: Range<Int>, row: Int, to elements: inout VOTableCells.Elements
    ) {
        func integer<T: FixedWidthInteger>(_ list: inout [T]) {
            let value = NumberText.integer(bytes, range)
            let fit = value.flatMap { T(exactly: $0) }
            if fit == nil {
                let words = quoted(bytes, range)
                fault(
                    value == nil ? .number : .range, row: row,
                    value == nil
                        ? "\"\(words)\" is no number" : "\(words) is out of range for \(type.primitive.rawValue)")
            }
            list.append(fit ?? 0)
        }
        func real<T>(_ list: inout [T], _ value: T?, _ none: T) {
            if value == nil {
                fault(
                    type.primitive.numbersPerElement == 2 ? .complex : .number, row: row,
                    "\"\(quoted(bytes, range))\" is no number")
            }
            list.append(value ?? none)
        }
        let old = elements
        elements = .text([])
        switch consume old {
        case .double(var list): real(&list, NumberText.double(bytes, range), .nan); elements = .double(list)
        case .float(var list): real(&list, NumberText.float(bytes, range), .nan); elements = .float(list)
        case .long(var list): integer(&list); elements = .long(list)
        case .int(var list): integer(&list); elements = .int(list)
        case .short(var list): integer(&list); elements = .short(list)
        case .byte(var list): integer(&list); elements = .byte(list)
        case .boolean(var list):
            let truth = ColumnReader.truth(bytes, range)
            if truth == .wrong { fault(.boolean, row: row, "\"\(quoted(bytes, range))\" is no truth value") }
            list.append(truth.value)
            elements = .boolean(list)
        case let other: elements = other
        }
    }
}

extension VOTableCells.Elements {
    /// Adds a number that is none, so that complex numbers stay pairs.
    fileprivate mutating func appendNotANumber() {
        let old = self
        self = .text([])
        switch consume old {
        case .float(var list): list.append(.nan); self = .float(list)
        case .double(var list): list.append(.nan); self = .double(list)
        case let other: self = other
        }
    }
}
