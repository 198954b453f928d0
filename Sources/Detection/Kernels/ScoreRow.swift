// SPDX-License-Identifier: Apache-2.0

/// A row of whole numbers, scores or sums of scores, that a `RowRing` lends; it has margins of zeros on both sides, so
/// that filters need no special case at the border.
struct ScoreRow {
    /// Elements before column 0 and after the last whole block.
    static let margin = PixelKernels.block

    /// Column 0, for kernels. Whole blocks may be read and written, and one element before and two after them read.
    let base: UnsafeMutablePointer<Int16>
    let width: Int

    /// The value of a column.
    subscript(column: Int) -> Int16 {
        precondition((0..<width).contains(column))
        return base[column]
    }

    /// Sets the columns of a range to zero; the range may reach to the end of the last whole block.
    func clear(_ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= PixelKernels.padded(width))
        (base + range.lowerBound).update(repeating: 0, count: range.count)
    }

    /// Zeros after the last column, when a kernel has written whole blocks.
    func clearPadding() { clear(width..<PixelKernels.padded(width)) }
}
