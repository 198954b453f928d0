// SPDX-License-Identifier: Apache-2.0

/// Cells of one column, one below the other in memory, as they are read and written in bulk.
public struct VOTableCells: Sendable, Hashable {
    /// The elements of all cells, one after the other. Complex numbers are pairs.
    public enum Elements: Sendable, Hashable {
        /// True, false or nil for neither.
        case boolean([Bool?])
        /// Bits.
        case bit([Bool])
        /// Numbers from 0 to 255.
        case byte([UInt8])
        /// Whole numbers of 16 bits.
        case short([Int16])
        /// Whole numbers of 32 bits.
        case int([Int32])
        /// Whole numbers of 64 bits.
        case long([Int64])
        /// Numbers of 32 bits.
        case float([Float])
        /// Numbers of 64 bits.
        case double([Double])
        /// Text in UTF-8.
        case text([UInt8])

        /// Number of elements; of text, of bytes.
        public var count: Int {
            switch self {
            case .boolean(let list): list.count
            case .bit(let list): list.count
            case .byte(let list), .text(let list): list.count
            case .short(let list): list.count
            case .int(let list): list.count
            case .long(let list): list.count
            case .float(let list): list.count
            case .double(let list): list.count
            }
        }

        /// No elements, with room for some.
        static func empty(_ primitive: VOTablePrimitive) -> Elements {
            switch primitive {
            case .boolean: .boolean([])
            case .bit: .bit([])
            case .unsignedByte: .byte([])
            case .short: .short([])
            case .int: .int([])
            case .long: .long([])
            case .float, .floatComplex: .float([])
            case .double, .doubleComplex: .double([])
            case .char, .unicodeChar: .text([])
            }
        }
    }

    /// What the cells are.
    public let type: VOTableType
    /// The elements of all cells, one after the other.
    public internal(set) var elements: Elements
    /// Index after the last element of each cell; empty where every cell has exactly one.
    public internal(set) var ends: [Int] = []
    /// True for each cell without a value; empty if all have one. A number in such a cell means nothing.
    public internal(set) var nulls: [Bool] = []
    /// Number of cells.
    public internal(set) var count = 0

    /// No cells yet.
    init(_ type: VOTableType) {
        self.type = type
        elements = .empty(type.primitive)
    }

    /// One number or truth value a cell.
    ///
    /// - Parameter nulls: true for each cell without a value; empty if all have one.
    public init?(_ elements: Elements, nulls: [Bool] = []) {
        let primitive: VOTablePrimitive
        switch elements {
        case .boolean: primitive = .boolean
        case .byte: primitive = .unsignedByte
        case .short: primitive = .short
        case .int: primitive = .int
        case .long: primitive = .long
        case .float: primitive = .float
        case .double: primitive = .double
        case .bit, .text: return nil
        }
        guard nulls.isEmpty || nulls.count == elements.count else { return nil }
        type = VOTableType(primitive)
        self.elements = elements
        self.nulls = nulls
        count = elements.count
    }

    /// Arrays or text; nil if the ends do not fit to the elements.
    public init?(_ type: VOTableType, _ elements: Elements, ends: [Int], nulls: [Bool] = []) {
        guard ends.last ?? 0 == elements.count, zip(ends, ends.dropFirst()).allSatisfy({ $0 <= $1 }),
            nulls.isEmpty || nulls.count == ends.count, (ends.first ?? 0) >= 0
        else { return nil }
        self.type = type
        self.elements = elements
        self.ends = ends
        self.nulls = nulls
        count = ends.count
    }

    /// Whether a cell has no value.
    public func isNull(_ row: Int) -> Bool { nulls.isEmpty ? false : nulls[row] }

    /// The elements of a cell.
    public func range(_ row: Int) -> Range<Int> {
        ends.isEmpty ? row..<(row + 1) : (row == 0 ? 0 : ends[row - 1])..<ends[row]
    }

    /// The text of a cell; nil for no value, and of columns of other types.
    public func text(_ row: Int) -> String? {
        guard case .text(let bytes) = elements, !isNull(row) else { return nil }
        return String(decoding: bytes[range(row)], as: UTF8.self)
    }

    /// The strings of a cell whose first dimension is the length of each, without the blanks and NULs behind them.
    public func strings(_ row: Int) -> [String] {
        guard let text = text(row) else { return [] }
        guard let shape = type.shape, let length = shape.dimensions.first, length > 0,
            shape.dimensions.count + (shape.isVariable ? 1 : 0) > 1
        else { return [text] }
        var rest = Substring(text)
        var result: [String] = []
        while !rest.isEmpty {
            var piece = rest.prefix(length)
            rest = rest.dropFirst(length)
            while let last = piece.last, last == " " || last == "\0" { piece.removeLast() }
            result.append(String(piece))
        }
        return result
    }

    /// Puts cells of the same type behind these.
    mutating func append(_ more: VOTableCells) {
        let before = elements.count
        if !nulls.isEmpty || !more.nulls.isEmpty {
            if nulls.isEmpty { nulls = [Bool](repeating: false, count: count) }
            nulls += more.nulls.isEmpty ? [Bool](repeating: false, count: more.count) : more.nulls
        }
        ends += more.ends.map { $0 + before }
        count += more.count
        let old = elements
        elements = .text([])
        switch (consume old, more.elements) {
        case (.boolean(var list), .boolean(let new)): list += new; elements = .boolean(list)
        case (.bit(var list), .bit(let new)): list += new; elements = .bit(list)
        case (.byte(var list), .byte(let new)): list += new; elements = .byte(list)
        case (.short(var list), .short(let new)): list += new; elements = .short(list)
        case (.int(var list), .int(let new)): list += new; elements = .int(list)
        case (.long(var list), .long(let new)): list += new; elements = .long(list)
        case (.float(var list), .float(let new)): list += new; elements = .float(list)
        case (.double(var list), .double(let new)): list += new; elements = .double(list)
        case (.text(var list), .text(let new)): list += new; elements = .text(list)
        case (let list, _): elements = list
        }
    }
}
