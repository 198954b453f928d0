// SPDX-License-Identifier: Apache-2.0

/// A row of numbers with margins of zeros on both sides, so that filters need no special case at the border.
final class ScratchRow {
    /// Elements before column 0 and at least as many after the last column.
    static let margin = 16

    let width: Int
    private let storage: UnsafeMutablePointer<Float>

    init(width: Int) {
        self.width = width
        // Kernels read whole vectors of eight, which may reach past the margin on the right.
        let capacity = width + 2 * ScratchRow.margin + 8
        storage = .allocate(capacity: capacity)
        storage.initialize(repeating: 0, count: capacity)
    }

    deinit { storage.deallocate() }

    /// Column 0, for kernels.
    var base: UnsafeMutablePointer<Float> { storage + ScratchRow.margin }

    /// Sets the columns of a range to a value.
    func fill(_ range: Range<Int>, with value: Float) {
        precondition(range.lowerBound >= 0 && range.upperBound <= width)
        (base + range.lowerBound).update(repeating: value, count: range.count)
    }

    /// Continues the first and the last column into the margins, for interpolation.
    func extendEdges() {
        (base - ScratchRow.margin).update(repeating: base[0], count: ScratchRow.margin)
        (base + width).update(repeating: base[width - 1], count: ScratchRow.margin)
    }

    /// The value of a column.
    subscript(column: Int) -> Float {
        precondition((0..<width).contains(column))
        return base[column]
    }
}
