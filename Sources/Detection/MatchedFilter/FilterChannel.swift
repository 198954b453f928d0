// SPDX-License-Identifier: Apache-2.0

/// One matched filter over one kind of sum: takes rows of scores, gives the peaks of its output.
///
/// Only as many rows are kept as the filter is high, and three rows of its output.
final class FilterChannel {
    let kernel: PointSpreadKernel
    /// Frames that its input is a sum of.
    let frames: Int
    /// Peaks of the present frame, strongest of all if there were too many.
    private(set) var peaks: [SpotPeak] = []
    /// Width of the output on the present frame, from the median absolute deviation on a grid.
    private(set) var frameScale: Float = 1
    /// Evaluations so far.
    private(set) var evaluations = 0

    /// Most peaks kept before the exact test.
    static let capacity = 192
    private static let grid = 7

    private let width: Int
    private let height: Int
    private var inputRows: [ScratchRow]
    private var inputPointers: [UnsafeMutablePointer<Float>]
    private var outputRows: [ScratchRow]
    private var outputMaxima: [Float]
    private var localScale: LocalScale
    private var samples: [Float]
    private var sampleCount = 0
    private var gridIndex = 0
    private let sampleStride: Int
    private var rowsPushed = 0
    private var rowsFiltered = 0
    private var threshold: Float = 0
    private var weakest: Double = 0

    init(kernel: PointSpreadKernel, frames: Int, width: Int, height: Int) {
        self.kernel = kernel
        self.frames = frames
        self.width = width
        self.height = height
        inputRows = (0...(2 * kernel.radius)).map { _ in ScratchRow(width: width) }
        inputPointers = inputRows.map(\.base)
        outputRows = (0..<3).map { _ in ScratchRow(width: width) }
        outputMaxima = [Float](repeating: 0, count: 3)
        localScale = LocalScale(width: width, height: height)
        samples = [Float](repeating: 0, count: (width / FilterChannel.grid + 1) * (height / FilterChannel.grid + 1))
        // Two thousand samples give the width to 3 %.
        sampleStride = max(1, samples.count / 2048)
        peaks.reserveCapacity(2 * FilterChannel.capacity)
    }

    /// True once the widths of the output are known.
    var isWarmedUp: Bool { evaluations >= 8 }

    /// Width by which the output at a pixel was divided on the last frame, at least 1; nil outside the channel's rows.
    func outputWidth(column: Int, row: Int) -> Double? {
        guard (0..<height).contains(row) else { return nil }
        return Double(max(localScale.width(column: column, row: row), frameScale))
    }

    /// Begins a frame. Peaks below `threshold` standard deviations are not kept.
    func begin(threshold: Double) {
        for row in inputRows { row.fill(0..<width, with: 0) }
        peaks.removeAll(keepingCapacity: true)
        sampleCount = 0
        gridIndex = 0
        rowsPushed = 0
        rowsFiltered = 0
        weakest = threshold
        // The width of the frame's output is known at its end only. A peak that passes then passes this, too: the
        // width counts as at least 1.
        self.threshold = Float(threshold)
    }

    /// Takes the next row of scores.
    func push(_ row: ScratchRow) {
        let target = inputRows[rowsPushed % inputRows.count]
        kernel.weights.withUnsafeBufferPointer {
            FilterKernels.horizontal(row.base, weights: $0, into: target.base, count: width)
        }
        advance()
    }

    /// Ends the frame: the last rows are filtered, and peaks are divided by the width of the frame's output.
    func finish() {
        while rowsFiltered < height {
            inputRows[rowsPushed % inputRows.count].fill(0..<width, with: 0)
            advance()
        }
        if height > 0 { scan(row: height - 1) }
        let (_, sigma) = RobustScale.medianAndSigma(&samples, count: sampleCount)
        // A median absolute deviation of n samples errs by 1.2 / √n; a lucky frame must not hide what is there.
        frameScale = max(1, sigma * (1 - 1.2 / Float(max(sampleCount, 4)).squareRoot()))
        evaluations += 1
        let minimum = Double(self.threshold)
        for index in peaks.indices {
            let peak = peaks[index]
            let local = localScale.width(column: peak.column, row: peak.row)
            peaks[index].statistic /= Double(max(local, frameScale))
        }
        peaks.removeAll { $0.statistic < minimum }
        if peaks.count > FilterChannel.capacity { keepStrongest() }
    }

    private func advance() {
        rowsPushed += 1
        let y = rowsPushed - 1 - kernel.radius
        guard y >= 0 else { return }
        // The ring holds rows y - radius … y + radius; the oldest stands where the next one will be written.
        let oldest = rowsPushed % inputRows.count
        let output = outputRows[y % 3]
        withRing(startingAt: oldest) { rows in
            kernel.weights.withUnsafeBufferPointer {
                outputMaxima[y % 3] = FilterKernels.vertical(rows, weights: $0, into: output.base, count: width)
            }
        }
        rowsFiltered = y + 1
        if y % FilterChannel.grid == 0 { sample(output, row: y) }
        if y > 0 { scan(row: y - 1) }
    }

    private func withRing(
        startingAt oldest: Int, _ body: (UnsafeBufferPointer<UnsafeMutablePointer<Float>>) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>.self, capacity: inputPointers.count) { rows in
            for index in 0..<inputPointers.count {
                rows[index] = inputPointers[(oldest + index) % inputPointers.count]
            }
            body(UnsafeBufferPointer(rows))
        }
    }

    private func sample(_ output: ScratchRow, row: Int) {
        var x = (row / FilterChannel.grid) % FilterChannel.grid
        while x < width, sampleCount < samples.count {
            let value = output[x]
            gridIndex += 1
            if gridIndex % sampleStride == 0 {
                samples[sampleCount] = value
                sampleCount += 1
            }
            localScale.learn(value, column: x, row: row)
            x += FilterChannel.grid
        }
    }

    /// Looks for local maxima in a row of the output whose neighbours are known.
    private func scan(row y: Int) {
        guard outputMaxima[y % 3] >= threshold else { return }
        let middle = outputRows[y % 3]
        let above = y > 0 ? outputRows[(y + 2) % 3] : nil
        let below = y + 1 < height ? outputRows[(y + 1) % 3] : nil
        for x in 0..<width where middle.base[x] >= threshold {
            let value = middle.base[x]
            // Of equal neighbours the first in reading order is the maximum.
            func at(_ row: ScratchRow?, _ column: Int) -> Float {
                guard let row, column >= 0, column < width else { return -.infinity }
                return row.base[column]
            }
            let left = at(middle, x - 1)
            let right = at(middle, x + 1)
            let up = at(above, x)
            let down = at(below, x)
            guard value > left, value >= right, value > up, value >= down,
                value > at(above, x - 1), value > at(above, x + 1), value >= at(below, x - 1),
                value >= at(below, x + 1)
            else { continue }
            let statistic = Double(value)
            let normalised = statistic / Double(localScale.width(column: x, row: y))
            guard normalised >= weakest else { continue }
            let offset = SIMD2(
                FilterChannel.vertex(left, value, right), FilterChannel.vertex(up, value, down))
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
    private static func vertex(_ left: Float, _ middle: Float, _ right: Float) -> Double {
        guard left.isFinite, right.isFinite else { return 0 }
        let curvature = left - 2 * middle + right
        guard curvature < 0 else { return 0 }
        return Double(min(max(0.5 * (left - right) / curvature, -0.5), 0.5))
    }
}
