// SPDX-License-Identifier: Apache-2.0

/// Sums of scores over 1, 2, 4 … frames, each stepped by half its length, so that a flash of any length lies mostly
/// within one of them.
///
/// For every octave one sum is kept for each pixel: that of the last whole block of half the length. At the end of
/// a block it is added to the new block, which gives the sum over both; every other one of those is the block of the
/// next octave. The work is two additions a pixel and frame however long the longest sum is, the memory two bytes a
/// pixel and octave.
final class TemporalBank {
    /// Scores are kept in 1/16 σ and limited to ±15 σ, so that 128 of them fit into 16 bits.
    private static let unit: Float = 16
    private static let limit: Float = 15

    let octaves: Int
    private let blocks: [Plane<Int16>]
    private let sumRow: ScratchRow
    private let current: UnsafeMutablePointer<Int16>
    private var framesInBank = 0

    init(octaves: Int, width: Int, height: Int) {
        self.octaves = octaves
        blocks = (0..<octaves).map { _ in Plane(width: width, height: height, repeating: 0) }
        sumRow = ScratchRow(width: width)
        current = .allocate(capacity: width)
        current.initialize(repeating: 0, count: width)
    }

    deinit { current.deallocate() }

    /// Forgets all sums.
    func restart() { framesInBank = 0 }

    /// Octaves (1 = two frames, 2 = four frames …) whose sums end with the present frame.
    var dueOctaves: Int {
        guard octaves > 0 else { return 0 }
        var due = 1
        while due < octaves, (framesInBank + 1) % (1 << due) == 0 { due += 1 }
        return due
    }

    /// Adds a row of scores and hands on each sum that ends with this frame, as a score of unit variance.
    ///
    /// - Parameter body: called with the octave, 1…octaves, and the row, which is valid during the call.
    func push(_ scores: ScratchRow, row: Int, body: (Int, ScratchRow) -> Void) {
        let due = dueOctaves
        guard due > 0 else { return }
        let width = scores.width
        TemporalBankKernels.quantise(
            scores.base, unit: TemporalBank.unit, limit: TemporalBank.limit, into: current, count: width)
        for octave in 1...due {
            let norm = 1 / (TemporalBank.unit * Float(1 << octave).squareRoot())
            TemporalBankKernels.add(
                block: blocks[octave - 1].row(row), current: current, norm: norm, into: sumRow.base, count: width)
            // Until a whole sum has been seen, what the block held before is not part of it.
            if framesInBank + 1 >= 1 << octave { body(octave, sumRow) }
        }
    }

    /// Ends the frame.
    func finishFrame() { framesInBank += 1 }

    /// True if the sum of an octave, which is due, consists of frames since the last restart only.
    func isComplete(octave: Int) -> Bool { framesInBank + 1 >= 1 << octave }
}
