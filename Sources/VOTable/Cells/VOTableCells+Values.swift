// SPDX-License-Identifier: Apache-2.0

extension VOTableCells {
    /// The cells as values one by one; those that are arrays stay cells.
    public var values: VOTableValues {
        func optional<T>(_ list: [T]) -> [T?] {
            nulls.isEmpty ? list.map { $0 } : zip(list, nulls).map { $1 ? nil : $0 }
        }
        guard type.isScalar || (type.primitive.isText && isSimpleText) else { return .cells(self) }
        switch elements {
        case .boolean(let list): return .boolean(nulls.isEmpty ? list : zip(list, nulls).map { $1 ? nil : $0 })
        case .byte(let list): return .byte(optional(list))
        case .short(let list): return .short(optional(list))
        case .int(let list): return .int(optional(list))
        case .long(let list): return .long(optional(list))
        case .float(let list): return .float(optional(list))
        case .double(let list): return .double(optional(list))
        case .text: return .text((0..<count).map(text))
        case .bit: return .cells(self)
        }
    }

    private var isSimpleText: Bool {
        guard let shape = type.shape else { return true }
        return shape.dimensions.count + (shape.isVariable ? 1 : 0) == 1
    }

    /// Values one by one as cells, to be written.
    init(_ values: VOTableValues) {
        func bulk<T>(_ list: [T?], _ zero: T) -> (list: [T], nulls: [Bool]) {
            (list.map { $0 ?? zero }, list.contains { $0 == nil } ? list.map { $0 == nil } : [])
        }
        func fill(_ primitive: VOTablePrimitive, _ elements: Elements, _ nulls: [Bool]) -> VOTableCells {
            var cells = VOTableCells(VOTableType(primitive))
            cells.elements = elements
            cells.nulls = nulls
            cells.count = elements.count
            return cells
        }
        switch values {
        case .double(let list):
            let (all, nulls) = bulk(list, .nan)
            self = fill(.double, .double(all), nulls)
        case .float(let list):
            let (all, nulls) = bulk(list, .nan)
            self = fill(.float, .float(all), nulls)
        case .int(let list):
            let (all, nulls) = bulk(list, 0)
            self = fill(.int, .int(all), nulls)
        case .long(let list):
            let (all, nulls) = bulk(list, 0)
            self = fill(.long, .long(all), nulls)
        case .short(let list):
            let (all, nulls) = bulk(list, 0)
            self = fill(.short, .short(all), nulls)
        case .byte(let list):
            let (all, nulls) = bulk(list, 0)
            self = fill(.unsignedByte, .byte(all), nulls)
        case .boolean(let list):
            self = fill(.boolean, .boolean(list), list.contains { $0 == nil } ? list.map { $0 == nil } : [])
        case .text(let list):
            let isASCII = list.allSatisfy { $0?.utf8.allSatisfy { $0 < 128 } ?? true }
            var cells = VOTableCells(VOTableType(isASCII ? .char : .unicodeChar, .variable))
            var bytes: [UInt8] = []
            for text in list {
                if let text { bytes.append(contentsOf: text.utf8) }
                cells.ends.append(bytes.count)
            }
            cells.elements = .text(bytes)
            if list.contains(nil) { cells.nulls = list.map { $0 == nil } }
            cells.count = list.count
            self = cells
        case .cells(let cells): self = cells
        }
    }
}
