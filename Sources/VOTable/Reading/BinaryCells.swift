// SPDX-License-Identifier: Apache-2.0

/// Where the cells of some rows lie in the bytes of a binary stream (sections 5.3 and 5.4).
struct BinaryCells {
    /// What the rows are made of.
    struct Layout {
        let types: [VOTableType]
        /// Bytes in front of each row that mark the cells without a value; 0 in BINARY.
        let flagBytes: Int
        /// Place of each cell in a row whose cells of variable length are all empty.
        let offsets: [Int]
        /// How many cells of variable length stand before each cell.
        let variablesBefore: [Int]
        /// The columns of variable length.
        let variables: [Int]
        /// Bytes of a row whose cells of variable length are all empty.
        let leastBytes: Int
        let limits: VOTableLimits

        init(types: [VOTableType], hasFlags: Bool, limits: VOTableLimits) {
            self.types = types
            self.limits = limits
            flagBytes = hasFlags ? (types.count + 7) / 8 : 0
            var offset = flagBytes
            var offsets: [Int] = []
            var before: [Int] = []
            var variables: [Int] = []
            for (column, type) in types.enumerated() {
                before.append(variables.count)
                if type.hasCount {
                    // The elements stand behind their number.
                    offset += 4
                    offsets.append(offset)
                    variables.append(column)
                } else {
                    offsets.append(offset)
                    offset += type.byteCount(elements: type.fixedCount)
                }
            }
            self.offsets = offsets
            variablesBefore = before
            self.variables = variables
            leastBytes = offset
        }
    }

    /// What was found wrong with a row; the rows after it cannot be told apart.
    struct Fault: Error {
        let code: VOTableDiagnostic.Code
        let message: String
    }

    let layout: Layout
    /// First byte of each row.
    private(set) var rowStarts: [Int] = []
    /// Elements of each cell of variable length, row by row.
    private var counts: [Int] = []
    /// Bytes of the cells of variable length up to each of them, row by row.
    private var shifts: [Int] = []
    /// Bytes of all rows together.
    private(set) var end = 0

    init(layout: Layout) { self.layout = layout }

    var rows: Int { rowStarts.count }

    /// First byte of the elements of the cells of a column, row by row.
    func starts(of column: Int) -> [Int] {
        let offset = layout.offsets[column]
        let before = layout.variablesBefore[column]
        guard before > 0 else { return rowStarts.map { $0 + offset } }
        let stride = layout.variables.count
        return rowStarts.indices.map { rowStarts[$0] + offset + shifts[$0 * stride + before - 1] }
    }

    /// Elements of a cell.
    func count(row: Int, column: Int) -> Int {
        layout.types[column].hasCount
            ? counts[row * layout.variables.count + layout.variablesBefore[column]] : layout.types[column].fixedCount
    }

    /// Which cells of a column are marked as having no value; empty if none is.
    func flags(of column: Int, in bytes: Span<UInt8>) -> [Bool] {
        guard layout.flagBytes > 0 else { return [] }
        let bit: UInt8 = 0x80 >> UInt8(column & 7)
        let byte = column >> 3
        var any: UInt8 = 0
        for start in rowStarts { any |= bytes[start + byte] }
        guard any & bit != 0 else { return [] }
        var flags: [Bool] = []
        for start in rowStarts { flags.append(bytes[start + byte] & bit != 0) }
        return flags
    }

    /// Finds the rows that are complete from the first byte on, so many at most.
    ///
    /// - Throws: a fault if a row cannot be one.
    mutating func find(in bytes: Span<UInt8>, maximumRows: Int) throws(Fault) {
        rowStarts.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        shifts.removeAll(keepingCapacity: true)
        end = 0
        guard layout.leastBytes > 0 else { throw Fault(code: .noFields, message: "the rows have no bytes") }
        guard layout.leastBytes <= layout.limits.maximumRowBytes else { throw tooLong }
        guard layout.variables.isEmpty else {
            while rows < maximumRows, try findRow(in: bytes) {}
            return
        }
        let rows = min(bytes.count / layout.leastBytes, maximumRows)
        for row in 0..<rows { rowStarts.append(row * layout.leastBytes) }
        end = rows * layout.leastBytes
    }

    private var tooLong: Fault {
        Fault(code: .limit, message: "a row has more bytes than the limit of \(layout.limits.maximumRowBytes)")
    }

    /// Finds one row of any length; false if its end is not there yet.
    private mutating func findRow(in bytes: Span<UInt8>) throws(Fault) -> Bool {
        let known = counts.count
        var shift = 0
        for column in layout.variables {
            let type = layout.types[column]
            let offset = end + layout.offsets[column] + shift
            guard offset <= bytes.count else { return forget(known) }
            let count = Int(Int32(bitPattern: bytes.bigEndian(at: offset - 4, as: UInt32.self)))
            guard count >= 0 else {
                throw Fault(code: .damagedStream, message: "column \(column + 1): a cell has \(count) elements")
            }
            let size = type.byteCount(elements: count)
            guard size <= layout.limits.maximumCellBytes else {
                throw Fault(
                    code: .limit,
                    message: "column \(column + 1): a cell of \(size) bytes is longer than the limit of "
                        + "\(layout.limits.maximumCellBytes)")
            }
            shift += size
            guard layout.leastBytes + shift <= layout.limits.maximumRowBytes else { throw tooLong }
            counts.append(count)
            shifts.append(shift)
        }
        guard end + layout.leastBytes + shift <= bytes.count else { return forget(known) }
        rowStarts.append(end)
        end += layout.leastBytes + shift
        return true
    }

    private mutating func forget(_ known: Int) -> Bool {
        counts.removeSubrange(known...)
        shifts.removeSubrange(known...)
        return false
    }
}

extension Span<UInt8> {
    /// A whole number with its highest byte first.
    @inline(__always)
    func bigEndian<T: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: T.Type) -> T {
        // The bounds are checked, and any bytes are a whole number.
        T(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: T.self))
    }
}
