// SPDX-License-Identifier: Apache-2.0

/// What a frame's scores say of the gain in each cell of the local gain: what it still misses there.
///
/// The best estimate of a gain from scores s of pixels with light L, both in standard deviations, is Σ s L / Σ L². On a
/// slope an error of registration changes the pixels of an edge together, as if each had more noise; their weight is
/// less by so much, or the gain of a limb's cell would follow the errors of registration, and registration the gain.
///
/// The scores of all pixels say sixteen times more of a cloud than a sparse grid does. Each row has its own sums, so
/// that bands of rows can be added at the same time.
final class CellScores {
    /// Scores count no more than four standard deviations, so that what is new in the scene hardly matters.
    private static let limit = Int32(4 * BandScan.scoreUnit)
    /// Weights are kept in quarters of a standard deviation: full for light of 64 and more.
    private static let weightUnit: Float = 4
    /// Pixels of a cell that an edge through it changes together: its length.
    private static let edgePixels: Float = 16
    /// Frames in which the weights of all rows are worked out anew once.
    private static let refreshFrames = 64

    /// Cells along the rows and the columns.
    let columns: Int
    let rows: Int
    private let cell: Int
    private let width: Int
    private let sums: Plane<Int32>
    private let weights: Plane<UInt8>
    /// Σ weight × light of a row in each cell.
    private let information: Plane<Float>

    /// Sums over the cells of a gain, of frames of its size.
    init(width: Int, height: Int) {
        let gain = LocalGain(width: width, height: height)
        (columns, rows, cell) = (gain.columns, gain.rows, gain.cellSize)
        self.width = width
        sums = Plane(width: columns, height: height, repeating: 0)
        weights = Plane(width: width, height: height, repeating: 0)
        information = Plane(width: columns, height: height, repeating: 0)
    }

    /// Works out the weights: of all rows when the background is new or has moved, else of some with every frame.
    ///
    /// - Parameter dark: level of the frame without light, in ADU.
    func weigh(_ background: BackgroundModel, dark: Float, all: Bool) {
        let turn = background.framesLearnt % CellScores.refreshFrames
        for row in 1..<(sums.height - 1) where all || row % CellScores.refreshFrames == turn {
            weigh(row: row, background, dark: dark)
        }
    }

    private func weigh(row: Int, _ background: BackgroundModel, dark: Float) {
        let line = weights.row(row)
        let error = Float(BackgroundModel.registrationError)
        for column in 0..<columns {
            var sum: Float = 0
            for x in max(column * cell, 1)..<max(min((column + 1) * cell, width - 1), 1) {
                let inverse = 1 / background.deviation[x, row]
                let light = max(background.mean[x, row] - dark, 0) * inverse
                let slope = SceneFeatures.gradient(background.mean, x, row)
                let unsteady = error * error * (slope.dx * slope.dx + slope.dy * slope.dy) * inverse * inverse
                let wanted = CellScores.weightUnit * light / (1 + CellScores.edgePixels * unsteady)
                line[x] = UInt8(min(wanted, 255).rounded())
                sum += Float(line[x]) / CellScores.weightUnit * light
            }
            information[column, row] = sum
        }
    }

    /// Sums a row of scores, in 1/64 standard deviation.
    func add(_ scores: ScoreRow, row: Int) {
        let target = sums.row(row)
        let weights = weights.row(row)
        let limit = CellScores.limit
        for column in 0..<columns {
            var sum: Int32 = 0
            for x in (column * cell)..<min((column + 1) * cell, width) {
                sum &+= min(max(Int32(scores.base[x]), -limit), limit) &* Int32(weights[x])
            }
            target[column] = sum
        }
    }

    /// Σ score × weight of a cell, and its variance, which is the inverse variance of the gain they give.
    func sum(column: Int, row: Int) -> (product: Float, information: Float) {
        var sum: Float = 0
        var variance: Float = 0
        for line in (row * cell)..<min((row + 1) * cell, sums.height) {
            sum += Float(sums[column, line])
            variance += information[column, line]
        }
        return (sum / (Float(BandScan.scoreUnit) * CellScores.weightUnit), variance)
    }
}
