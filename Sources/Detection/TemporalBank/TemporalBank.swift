// SPDX-License-Identifier: Apache-2.0

/// Sums of a filter's output over 2, 4, 8 … frames, each stepped by half its length, so that a flash of any length
/// lies mostly within one of them.
///
/// For every octave one number is kept for each pixel: the sum over the last whole block of half the length. At the
/// end of a block it is added to the new block, which gives the sum over both; every other one of those is the block
/// of the next octave. The work is two additions a pixel and frame however long the longest sum is, the memory one
/// byte a pixel and octave.
final class TemporalBank {
    /// Sums over two, four, eight … frames, row by row.
    let sums: [RowRing]
    /// Output of each octave for one standard deviation of white noise.
    let units: [Double]

    private let input: RowRing
    private let shifts: [Int32]
    private let blocks: [Plane<Int8>]
    private let kernels: PixelKernels
    private var framesInBank = 0

    /// - Parameters:
    ///   - inputUnit: of the input's rows, for one standard deviation of white noise.
    ///   - depth: rows of the sums that are held.
    init(octaves: Int, input: RowRing, inputUnit: Double, width: Int, depth: Int = 3, kernels: PixelKernels) {
        self.input = input
        self.kernels = kernels
        let rows = input.rows
        sums = (0..<octaves).map { _ in RowRing(width: width, rows: rows, depth: depth) }
        blocks = (0..<octaves).map { _ in Plane(width: width, height: rows.count, repeating: 0) }
        var units: [Double] = []
        var shifts: [Int32] = []
        // A block is kept in one byte: in such units that its noise is 6 to 12, so that 127 is more than ten
        // standard deviations and rounding adds less than half a per cent of noise.
        var unit = inputUnit
        for _ in 0..<octaves {
            var shift: Int32 = 0
            while unit > 12.5 {
                unit /= 2
                shift += 1
            }
            shifts.append(shift)
            unit *= 2.0.squareRoot()
            units.append(unit)
        }
        self.units = units
        self.shifts = shifts
    }

    /// Forgets all sums.
    func restart() { framesInBank = 0 }

    /// Octaves (1 = two frames, 2 = four frames …) whose sums end with the present frame.
    var dueOctaves: Int {
        guard !sums.isEmpty else { return 0 }
        var due = 1
        while due < sums.count, (framesInBank + 1) % (1 << due) == 0 { due += 1 }
        return due
    }

    /// Adds a row of the input to all sums that end with this frame.
    func push(row: Int) {
        let due = dueOctaves
        guard due > 0 else { return }
        var present = input[row]
        for octave in 0..<due {
            let ring = sums[octave]
            let shift = shifts[octave]
            // Rounding down and up by turns does not shift the mean.
            let turn = (framesInBank >> octave) & 1
            let round = shift == 0 ? 0 : Int16(1 << (shift - 1)) - Int16(turn)
            let maximum = kernels.functions.add_block(
                present.base, blocks[octave].row(row - ring.rows.lowerBound), ring[row].base, round, shift,
                ring[row].width)
            ring.note(row: row, maximum: maximum)
            present = ring[row]
        }
    }

    /// Ends the frame.
    func finishFrame() { framesInBank += 1 }

    /// True if the sum of an octave, which is due, consists of frames since the last restart only.
    func isComplete(octave: Int) -> Bool { framesInBank + 1 >= 1 << octave }

    /// Bytes of memory that the blocks take.
    var byteCount: Int { blocks.reduce(0) { $0 + $1.stride * $1.height } }
}
