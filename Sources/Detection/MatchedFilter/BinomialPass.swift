// SPDX-License-Identifier: Apache-2.0

/// One pass of the filter [1 2 1] down the columns and along the rows.
///
/// Passes one after another come close to a Gaussian: n of them have a variance of n/2 square pixels.
final class BinomialPass {
    /// What the pass gives.
    let output: RowRing
    private let input: RowRing
    private let scratch: ScoreRow
    private let kernels: PixelKernels
    /// Bits by which each of the two sums is shifted right: 2 keeps the scale, 0 multiplies it by 16.
    private let shift: Int32

    init(input: RowRing, width: Int, shift: Int32, kernels: PixelKernels) {
        self.input = input
        self.shift = shift
        self.kernels = kernels
        output = RowRing(width: width, rows: input.rows)
        scratch = ScoreRow(width: width)
    }

    /// Filters a row; the input must hold it and its neighbours.
    func run(row: Int) {
        let target = output[row]
        let maximum = kernels.functions.smooth(
            input[row - 1].base, input[row].base, input[row + 1].base, scratch.base, target.base, shift, target.width)
        output.setMaximum(maximum, ofRow: row)
    }
}
