// SPDX-License-Identifier: Apache-2.0

/// Passes of the filter [1 2 1] over a sum, run for a row only if some pixel of it could reach a threshold.
///
/// The filter's output is an average of its input: it cannot exceed the greatest element that it reaches. Most rows of
/// noise hold no element that large, so that most rows need no work, and those left out hold no peak. A row that has
/// a peak needs its neighbours, too, so that all is decided one row later than it could be run.
final class DeferredFilter {
    /// What the filter gives for rows that it ran.
    let output: RowRing
    /// Rows of the input that must lie behind a row before it is run.
    let delay: Int
    private let input: RowRing
    private let passes: [BinomialPass]

    /// - Parameters:
    ///   - count: number of passes, at least 1.
    ///   - input: holds at least `depth(passes:)` rows.
    init(passes count: Int, input: RowRing, kernels: PixelKernels) {
        // Sums are small numbers; their first pass keeps all bits.
        passes = BinomialPass.chain(count, on: input, firstShift: 0, kernels: kernels)
        output = passes.last?.output ?? input
        self.input = input
        delay = count + 1
    }

    /// Rows of the input that a number of passes looks at.
    static func depth(passes: Int) -> Int { 2 * (passes + 1) }

    /// Forgets the rows of the last frame.
    func begin() { for pass in passes { pass.output.begin() } }

    /// Runs a row unless all of it, and of its neighbours, stays below a threshold.
    ///
    /// - Parameter isWanted: whether the row is run all the same.
    func run(row: Int, threshold: Int16, isWanted: Bool) {
        guard isWanted || reaches(threshold, near: row) else {
            output.note(row: row, maximum: .min)
            return
        }
        run(row: row, pass: passes.count - 1)
    }

    private func reaches(_ threshold: Int16, near row: Int) -> Bool {
        var greatest: Int16 = 0
        for y in (row - delay)...(row + delay) { greatest = max(greatest, input.maximum(ofRow: y)) }
        // The weights of a pass that keeps all bits add up to 16.
        return 16 * Int(greatest) >= Int(threshold)
    }

    private func run(row: Int, pass index: Int) {
        if index > 0 {
            for y in (row - 1)...(row + 1) where !passes[index - 1].output.holds(y) { run(row: y, pass: index - 1) }
        }
        passes[index].run(row: row)
    }
}
