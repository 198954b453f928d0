// SPDX-License-Identifier: Apache-2.0

/// The last three rows of something that comes row by row; rows outside a range count as zeros.
final class RowRing {
    /// Rows that exist.
    let rows: Range<Int>
    private let ring: [ScoreRow]
    private let zeros: ScoreRow
    /// Greatest element of each row held.
    private let maxima: UnsafeMutablePointer<Int16>

    init(width: Int, rows: Range<Int>) {
        self.rows = rows
        ring = (0..<3).map { _ in ScoreRow(width: width) }
        zeros = ScoreRow(width: width)
        maxima = .allocate(capacity: 3)
        maxima.initialize(repeating: 0, count: 3)
    }

    deinit { maxima.deallocate() }

    /// A row that is held or outside the range. A row pushes out the one three before it when it is written.
    subscript(row: Int) -> ScoreRow {
        guard rows.contains(row) else { return zeros }
        return ring[row % 3]
    }

    /// Greatest element of a row that is held, as noted when it was written.
    func maximum(ofRow row: Int) -> Int16 { rows.contains(row) ? maxima[row % 3] : 0 }

    /// Notes the greatest element of a row.
    func setMaximum(_ value: Int16, ofRow row: Int) {
        guard rows.contains(row) else { return }
        maxima[row % 3] = value
    }
}
