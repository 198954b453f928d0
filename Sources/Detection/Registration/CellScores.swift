// SPDX-License-Identifier: Apache-2.0

/// Sums of a frame's scores over the cells of the local gain: what the gain still misses there.
///
/// The scores of all pixels say sixteen times more of a cloud than a sparse grid does. Each row has its own sums, so
/// that bands of rows can be added at the same time.
final class CellScores {
    /// Scores count no more than four standard deviations, so that what is new in the scene hardly matters.
    private static let limit = Int32(4 * BandScan.scoreUnit)

    /// Cells along the rows and the columns.
    let columns: Int
    let rows: Int
    private let cell: Int
    private let width: Int
    private let sums: Plane<Int32>

    /// Sums over the cells of a gain, of frames of its size.
    init(width: Int, height: Int) {
        let gain = LocalGain(width: width, height: height)
        (columns, rows, cell) = (gain.columns, gain.rows, gain.cellSize)
        self.width = width
        sums = Plane(width: columns, height: height, repeating: 0)
    }

    /// Sums a row of scores, in 1/64 standard deviation.
    func add(_ scores: ScoreRow, row: Int) {
        let target = sums.row(row)
        let limit = CellScores.limit
        for column in 0..<columns {
            var sum: Int32 = 0
            for x in (column * cell)..<min((column + 1) * cell, width) {
                sum &+= min(max(Int32(scores.base[x]), -limit), limit)
            }
            target[column] = sum
        }
    }

    /// Sum of the scores of a cell in standard deviations, and the number of its pixels.
    func sum(column: Int, row: Int) -> (scores: Float, pixels: Int) {
        let lines = (row * cell)..<min((row + 1) * cell, sums.height)
        var sum: Int32 = 0
        for line in lines { sum &+= sums[column, line] }
        let across = min((column + 1) * cell, width) - column * cell
        return (Float(sum) / Float(BandScan.scoreUnit), across * lines.count)
    }
}
