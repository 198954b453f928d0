// SPDX-License-Identifier: Apache-2.0

/// One pass of the filter [1 2 1] down the columns and along the rows.
///
/// Passes one after another come close to a Gaussian: n of them have a variance of n/2 square pixels.
final class BinomialPass {
    /// What the pass gives.
    let output: RowRing
    private let input: RowRing
    private let scratch: RowRing
    private let kernels: PixelKernels
    /// Bits by which each of the two sums is shifted right: 2 keeps the scale, 0 multiplies it by 16.
    private let shift: Int32

    init(input: RowRing, shift: Int32, kernels: PixelKernels) {
        self.input = input
        self.shift = shift
        self.kernels = kernels
        output = RowRing(width: input.width, rows: input.rows)
        scratch = RowRing(width: input.width, rows: 0..<1, depth: 1)
    }

    /// Passes one after another; the first shifts by bits of its own, the others keep the scale.
    static func chain(
        _ count: Int, on input: RowRing, firstShift: Int32, kernels: PixelKernels
    ) -> [BinomialPass] {
        var list: [BinomialPass] = []
        for index in 0..<count {
            list.append(
                BinomialPass(
                    input: list.last?.output ?? input, shift: index == 0 ? firstShift : 2, kernels: kernels))
        }
        return list
    }

    /// Filters a row; the input must hold it and its neighbours.
    func run(row: Int) {
        let target = output[row]
        let maximum = kernels.functions.smooth(
            input[row - 1].base, input[row].base, input[row + 1].base, scratch[0].base, target.base, shift,
            target.width)
        output.note(row: row, maximum: maximum)
    }
}
