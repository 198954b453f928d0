// SPDX-License-Identifier: Apache-2.0

/// The last few rows of something that comes row by row; rows outside a range count as zeros.
final class RowRing {
    /// Rows that exist.
    let rows: Range<Int>
    let width: Int
    /// Rows held, a power of two.
    private let depth: Int
    private let stride: Int
    /// The rows held, and after them one of zeros.
    private let storage: UnsafeMutablePointer<Int16>
    /// Which row each place holds.
    private let held: UnsafeMutablePointer<Int>
    /// Greatest element of every row, as last written.
    private let maxima: UnsafeMutablePointer<Int16>

    /// - Parameter depth: least number of rows to hold.
    init(width: Int, rows: Range<Int>, depth least: Int = 3) {
        self.rows = rows
        self.width = width
        var depth = 1
        while depth < least { depth *= 2 }
        self.depth = depth
        stride = PixelKernels.padded(width) + 2 * ScoreRow.margin
        storage = AlignedStorage.allocate((depth + 1) * stride, repeating: 0)
        held = .allocate(capacity: depth)
        held.initialize(repeating: -1, count: depth)
        maxima = .allocate(capacity: max(rows.count, 1))
        maxima.initialize(repeating: 0, count: max(rows.count, 1))
    }

    deinit {
        storage.deallocate()
        held.deallocate()
        maxima.deallocate()
    }

    /// A row that is held or outside the range. A row pushes out the one `depth` before it when it is written.
    subscript(row: Int) -> ScoreRow {
        let place = rows.contains(row) ? row & (depth - 1) : depth
        return ScoreRow(base: storage + place * stride + ScoreRow.margin, width: width)
    }

    /// Greatest element of a row, as noted when it was last written; 0 outside the range.
    func maximum(ofRow row: Int) -> Int16 { rows.contains(row) ? maxima[row - rows.lowerBound] : 0 }

    /// Notes that a row has been written, and its greatest element.
    func note(row: Int, maximum: Int16) {
        guard rows.contains(row) else { return }
        held[row & (depth - 1)] = row
        maxima[row - rows.lowerBound] = maximum
    }

    /// True if the row is held, or outside the range.
    func holds(_ row: Int) -> Bool { !rows.contains(row) || held[row & (depth - 1)] == row }

    /// Forgets which rows are held, before a new frame.
    func begin() { held.update(repeating: -1, count: depth) }
}
