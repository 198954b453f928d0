// SPDX-License-Identifier: Apache-2.0

/// The peaks of one matched filter's output on one kind of sum.
///
/// Takes the output row by row, keeps the local maxima above a threshold, and measures how wide the output is.
final class FilterChannel {
    /// The point spread that the filter stands for.
    let kernel: BinomialKernel
    /// Frames that its input is a sum of.
    let frames: Int
    /// Peaks of the present frame, strongest of all if there were too many.
    private(set) var peaks: [SpotPeak] = []
    /// Width of the output on the present frame, from the quartiles of a sample.
    private(set) var frameScale: Float = 1
    /// Evaluations so far.
    private(set) var evaluations = 0

    /// Most peaks kept before the exact test.
    static let capacity = 192
    private static let grid = 7
    /// Samples of the output in a frame; they give the width to 3 %.
    private static let sampleGoal = 2048

    private let width: Int
    private let rows: Range<Int>
    private let core: Range<Int>
    /// Output for one standard deviation of white noise.
    private let unit: Float
    private let kernels: PixelKernels
    private let rowStep: Int
    private var localScale: LocalScale
    private var histogram: ScoreHistogram
    private var positions: [Int32]
    /// Output below which there is no peak in the present frame.
    private(set) var threshold: Int16 = 0
    private var weakest = 0.0
    private var phase = 0
    /// Next row to be sampled.
    private var sampledRow = 0

    /// - Parameters:
    ///   - unit: output for one standard deviation of white noise.
    ///   - rows: rows of the output.
    ///   - core: rows whose peaks are kept.
    init(
        kernel: BinomialKernel, frames: Int, unit: Double, width: Int, rows: Range<Int>, core: Range<Int>,
        kernels: PixelKernels
    ) {
        self.kernel = kernel
        self.frames = frames
        self.unit = Float(unit)
        self.width = width
        self.rows = rows
        self.core = core
        self.kernels = kernels
        localScale = LocalScale(width: width, height: rows.upperBound)
        histogram = ScoreHistogram()
        positions = [Int32](repeating: 0, count: width)
        let samplesPerRow = max(1, width / FilterChannel.grid)
        rowStep = max(FilterChannel.grid, rows.count * samplesPerRow / FilterChannel.sampleGoal)
        peaks.reserveCapacity(2 * FilterChannel.capacity)
    }

    /// True once the widths of the output are known.
    var isWarmedUp: Bool { evaluations >= 8 }

    /// Width by which the output at a pixel was divided on the last frame, at least 1; nil outside the channel's rows.
    func outputWidth(column: Int, row: Int) -> Double? {
        guard core.contains(row) else { return nil }
        return Double(max(localScale.width(column: column, row: row), frameScale))
    }

    /// The model has moved: widths belong to places of the scene.
    func scroll(columns: Int, rows: Int) { localScale.scroll(columns: columns, rows: rows) }

    /// Width of the output in most of its rows' cells, at least 1.
    var typicalWidth: Double { Double(localScale.typicalWidth) }

    /// Begins a frame. Peaks below `threshold` standard deviations are not kept.
    func begin(threshold: Double) {
        peaks.removeAll(keepingCapacity: true)
        histogram.clear()
        weakest = threshold
        // The width of the frame's output is known at its end only. A peak that passes then passes this, too: the
        // width counts as at least 1.
        self.threshold = Int16(min(Float(threshold) * unit, 32_767).rounded(.down))
        // Every row has its turn to be sampled.
        phase = (phase + 3) % rowStep
        sampledRow = rows.lowerBound + (rowStep - (rows.lowerBound + phase) % rowStep) % rowStep
    }

    /// True if the row of the output that comes next is sampled in the present frame.
    func samples(row: Int) -> Bool { row == sampledRow }

    /// Takes a row of the output; those before it must have been taken.
    func take(row: Int, of output: RowRing) {
        if samples(row: row) { sample(output[row], row: row) }
        if core.contains(row - 1) { search(row: row - 1, output) }
        if row == rows.upperBound - 1, core.contains(row) { search(row: row, output) }
    }

    /// Ends the frame: peaks are divided by the width of the frame's output.
    func finish() {
        let sigma = histogram.sigma / unit
        // A width from the quartiles of n samples errs by 1.2 / √n; a lucky frame must not hide what is there.
        frameScale = max(1, sigma * (1 - 1.2 / Float(max(histogram.count, 4)).squareRoot()))
        evaluations += 1
        let minimum = weakest
        for index in peaks.indices {
            let peak = peaks[index]
            let local = localScale.width(column: peak.column, row: peak.row)
            peaks[index].statistic /= Double(max(local, frameScale))
        }
        peaks.removeAll { $0.statistic < minimum }
        if peaks.count > FilterChannel.capacity { keepStrongest() }
    }

    private func sample(_ output: ScoreRow, row: Int) {
        sampledRow += rowStep
        let first = (row / FilterChannel.grid + phase) % FilterChannel.grid
        histogram.add(output.base, first: first, step: FilterChannel.grid, count: width)
        localScale.learn(output.base, first: first, step: FilterChannel.grid, row: row, unit: unit)
    }

    /// Looks for local maxima in a row of the output whose neighbours are known.
    private func search(row y: Int, _ output: RowRing) {
        guard output.maximum(ofRow: y) >= threshold else { return }
        let above = output[y - 1].base
        let middle = output[y].base
        let below = output[y + 1].base
        let found = positions.withUnsafeMutableBufferPointer { buffer in
            kernels.functions.find(middle, threshold, buffer.baseAddress, buffer.count, width)
        }
        for index in 0..<found {
            let x = Int(positions[index])
            let value = middle[x]
            // Of equal neighbours the first in reading order is the maximum.
            guard value > middle[x - 1], value >= middle[x + 1], value > above[x], value >= below[x],
                value > above[x - 1], value > above[x + 1], value >= below[x - 1], value >= below[x + 1]
            else { continue }
            let statistic = Double(Float(value) / unit)
            let normalised = statistic / Double(localScale.width(column: x, row: y))
            guard normalised >= weakest else { continue }
            let offset = SIMD2(
                FilterChannel.vertex(middle[x - 1], value, middle[x + 1]),
                FilterChannel.vertex(above[x], value, below[x]))
            peaks.append(
                SpotPeak(
                    column: x, row: y, offset: offset, statistic: statistic, sigma: kernel.sigma, frames: frames))
            if peaks.count >= 2 * FilterChannel.capacity { keepStrongest() }
        }
    }

    private func keepStrongest() {
        peaks.sort { $0.statistic > $1.statistic }
        peaks.removeLast(peaks.count - FilterChannel.capacity)
    }

    /// Place of the maximum of the parabola through three neighbouring values, -0.5…0.5.
    private static func vertex(_ left: Int16, _ middle: Int16, _ right: Int16) -> Double {
        let curvature = Int(left) - 2 * Int(middle) + Int(right)
        guard curvature < 0 else { return 0 }
        return min(max(0.5 * Double(Int(left) - Int(right)) / Double(curvature), -0.5), 0.5)
    }
}
