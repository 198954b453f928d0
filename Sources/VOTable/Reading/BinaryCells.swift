// SPDX-License-Identifier: Apache-2.0

/// Where the cells of some rows lie in the bytes of a binary stream (sections 5.3 and 5.4).
struct BinaryCells {
    /// What the rows are made of.
    struct Layout {
        let types: [VOTableType]
        /// Bytes in front of each row that mark the cells without a value; 0 in BINARY.
        let flagBytes: Int
        /// Bytes of a row; nil if rows differ.
        let rowBytes: Int?
        /// Place of each cell in a row, where all rows are alike.
        let offsets: [Int]
        let limits: VOTableLimits

        init(types: [VOTableType], hasFlags: Bool, limits: VOTableLimits) {
            self.types = types
            self.limits = limits
            flagBytes = hasFlags ? (types.count + 7) / 8 : 0
            var offset = flagBytes
            var offsets: [Int] = []
            for type in types where !type.hasCount {
                offsets.append(offset)
                offset += type.byteCount(elements: type.fixedCount)
            }
            self.offsets = offsets
            rowBytes = offsets.count == types.count ? offset : nil
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
    /// First byte and number of elements of each cell, row by row; empty where all rows are alike.
    private var starts: [Int] = []
    private var counts: [Int] = []
    /// Bytes of all rows together.
    private(set) var end = 0

    init(layout: Layout) { self.layout = layout }

    var rows: Int { rowStarts.count }

    /// First byte of a cell.
    @inline(__always)
    func start(row: Int, column: Int) -> Int {
        starts.isEmpty ? rowStarts[row] + layout.offsets[column] : starts[row * layout.types.count + column]
    }

    /// Elements of a cell.
    func count(row: Int, column: Int) -> Int {
        counts.isEmpty ? layout.types[column].fixedCount : counts[row * layout.types.count + column]
    }

    /// Whether a cell is marked as having no value.
    @inline(__always)
    func isFlagged(row: Int, column: Int, in bytes: Span<UInt8>) -> Bool {
        layout.flagBytes > 0 && bytes[rowStarts[row] + column >> 3] & (0x80 >> UInt8(column & 7)) != 0
    }

    /// Finds the rows that are complete from the first byte on, so many at most.
    ///
    /// - Throws: a fault if a row cannot be one.
    mutating func find(in bytes: Span<UInt8>, maximumRows: Int) throws(Fault) {
        rowStarts.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        end = 0
        if let rowBytes = layout.rowBytes {
            guard rowBytes > 0 else { throw Fault(code: .noFields, message: "the rows have no bytes") }
            guard rowBytes <= layout.limits.maximumRowBytes else { throw tooLong }
            let rows = min(bytes.count / rowBytes, maximumRows)
            for row in 0..<rows { rowStarts.append(row * rowBytes) }
            end = rows * rowBytes
            return
        }
        while rows < maximumRows, try findRow(in: bytes) {}
    }

    private var tooLong: Fault {
        Fault(code: .limit, message: "a row has more bytes than the limit of \(layout.limits.maximumRowBytes)")
    }

    /// Finds one row of any length; false if its end is not there yet.
    private mutating func findRow(in bytes: Span<UInt8>) throws(Fault) -> Bool {
        let cells = starts.count
        var offset = end + layout.flagBytes
        for (column, type) in layout.types.enumerated() {
            var count = type.fixedCount
            if type.hasCount {
                guard offset + 4 <= bytes.count else { return forget(cells) }
                let number = Int32(bitPattern: bytes.bigEndian(at: offset, as: UInt32.self))
                guard number >= 0 else {
                    throw Fault(code: .damagedStream, message: "column \(column + 1): a cell has \(number) elements")
                }
                count = Int(number)
                offset += 4
            }
            let size = type.byteCount(elements: count)
            guard size <= layout.limits.maximumCellBytes else {
                throw Fault(
                    code: .limit,
                    message: "column \(column + 1): a cell of \(size) bytes is longer than the limit of "
                        + "\(layout.limits.maximumCellBytes)")
            }
            starts.append(offset)
            counts.append(count)
            offset += size
            guard offset - end <= layout.limits.maximumRowBytes else { throw tooLong }
            guard offset <= bytes.count else { return forget(cells) }
        }
        guard offset > end else { throw Fault(code: .noFields, message: "the rows have no bytes") }
        rowStarts.append(end)
        end = offset
        return true
    }

    private mutating func forget(_ cells: Int) -> Bool {
        starts.removeSubrange(cells...)
        counts.removeSubrange(cells...)
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
