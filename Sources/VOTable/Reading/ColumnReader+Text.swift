// SPDX-License-Identifier: Apache-2.0

extension ColumnReader {
    /// Reads the cells of one column of rows of text.
    mutating func read(_ column: Int, of text: CellText, in bytes: Span<UInt8>) {
        let rows = text.rows
        guard type.isScalar else { return readArrays(column, of: text, in: bytes) }
        var nulls: [Bool] = []
        func markNull(_ row: Int) {
            if nulls.isEmpty { nulls = [Bool](repeating: false, count: rows) }
            nulls[row] = true
        }
        /// Reads numbers one by one; `none` stands where there is none.
        func numbers<T>(
            _ list: inout [T], none: T, _ parse: (Span<UInt8>, Range<Int>) -> T?,
            _ problem: (Range<Int>?, Int) -> Void
        ) {
            list.reserveCapacity(list.count + rows)
            var cell = column
            for row in 0..<rows {
                let range = text.trimmed(cell, in: bytes)
                if let range, let value = parse(bytes, range) {
                    list.append(value)
                } else {
                    problem(range, row)
                    markNull(row)
                    list.append(none)
                }
                cell += text.columns
            }
        }
        var found: [CellFault] = []
        func badNumber(_ range: Range<Int>?, _ row: Int) {
            guard let range else { return }
            found.append(CellFault(code: .number, row: row, message: "\"\(quoted(bytes, range))\" is no number"))
        }
        func integers<T: FixedWidthInteger>(_ list: inout [T]) {
            let null = null.flatMap { T(exactly: $0) }
            var outOfRange = false
            numbers(&list, none: 0) { bytes, range in
                guard let value = NumberText.integer(bytes, range) else { return nil }
                guard let fit = T(exactly: value) else {
                    outOfRange = true
                    return nil
                }
                return fit
            } _: { range, row in
                if outOfRange, let range {
                    let message = "\(quoted(bytes, range)) is out of range for \(type.primitive.rawValue)"
                    found.append(CellFault(code: .range, row: row, message: message))
                } else if range == nil, refusesEmptyIntegers, Int(text.starts[row * text.columns + column]) >= 0 {
                    found.append(CellFault(code: .emptyInteger, row: row, message: "an empty cell is no whole number"))
                } else {
                    badNumber(range, row)
                }
                outOfRange = false
            }
            guard let null else { return }
            for row in 0..<rows where list[list.count - rows + row] == null { markNull(row) }
        }
        switch takeElements() {
        case .double(var list):
            numbers(&list, none: .nan, NumberText.double, badNumber)
            cells.elements = .double(list)
        case .float(var list):
            numbers(&list, none: .nan, NumberText.float, badNumber)
            cells.elements = .float(list)
        case .long(var list):
            integers(&list)
            cells.elements = .long(list)
        case .int(var list):
            integers(&list)
            cells.elements = .int(list)
        case .short(var list):
            integers(&list)
            cells.elements = .short(list)
        case .byte(var list):
            integers(&list)
            cells.elements = .byte(list)
        case .boolean(var list):
            for row in 0..<rows {
                var value: Bool?
                if let range = text.trimmed(row * text.columns + column, in: bytes) {
                    let truth = ColumnReader.truth(bytes, range)
                    if truth == .wrong {
                        let message = "\"\(quoted(bytes, range))\" is no truth value"
                        found.append(CellFault(code: .boolean, row: row, message: message))
                    }
                    value = truth.value
                }
                if value == nil { markNull(row) }
                list.append(value)
            }
            cells.elements = .boolean(list)
        case let other: cells.elements = other
        }
        for item in found { fault(item.code, row: item.row, item.message) }
        addNulls(nulls, rows: rows)
    }

    /// What a word says.
    enum Truth {
        case yes, no, unknown, wrong

        var value: Bool? { self == .yes ? true : self == .no ? false : nil }
    }

    /// Section 2.1: T, t, 1 and true in any case; F, f, 0 and false; `?`, blank and NUL for neither.
    static func truth(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Truth {
        if range.count == 1 { return truth(bytes[range.lowerBound]) }
        switch NumberText.bytes(bytes, range).lowercased() {
        case "true": return .yes
        case "false": return .no
        default: return .wrong
        }
    }

    /// One character, as the binary serialisations have it.
    static func truth(_ byte: UInt8) -> Truth {
        switch byte {
        case UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: "1"): .yes
        case UInt8(ascii: "F"), UInt8(ascii: "f"), UInt8(ascii: "0"): .no
        case UInt8(ascii: "?"), 0, 32: .unknown
        default: .wrong
        }
    }

    /// Words of the document, short enough for a message.
    func quoted(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        NumberText.bytes(bytes, range.lowerBound..<min(range.upperBound, range.lowerBound + 24))
    }
}
