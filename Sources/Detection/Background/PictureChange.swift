// SPDX-License-Identifier: Apache-2.0

import Camera

/// Tells how a frame differs from the background as a whole, on a sparse grid, before any pixel is learnt.
///
/// `load` compares a frame with the background; what is asked afterwards concerns that frame.
struct PictureChange {
    /// What the grid says of a frame.
    struct Result {
        /// Mean difference to the background, without outliers, in ADU.
        var level: Double
        /// Width of the differences around it, in ADU. After `refine` both are 0.
        var spread: Double
        /// Median standard deviation of the pixels, in ADU.
        var noise: Double
        /// Share of the pixels that differ by more than six standard deviations.
        var changedFraction: Double
    }

    /// A point of the grid that both background and frame show.
    private struct Point {
        var column: Int32 = 0
        var row: Int32 = 0
        /// Background, as it should look in the frame.
        var expected: Float = 0
        /// Frame minus that.
        var difference: Float = 0
        /// One over the standard deviation.
        var inverseDeviation: Float = 1
    }

    private var points: [Point]
    private var count = 0
    private var isRefined = false
    private var alignment = SceneAlignment.identity
    private var sorted: [Float]
    private let step: Int
    private let format: FrameFormat

    init(format: FrameFormat) {
        self.format = format
        var step = 1
        while (format.width / step + 1) * (format.height / step + 1) > 4096 { step += 1 }
        self.step = step
        let most = (format.width / step + 1) * (format.height / step + 1)
        points = [Point](repeating: Point(), count: most)
        sorted = [Float](repeating: 0, count: most)
    }

    /// Compares a frame with the background. Without the sub-pixel shift a limb that wanders would look dimmer than
    /// the background on average, so that the frame is read between its pixels.
    mutating func load(_ frame: Frame, background: BackgroundModel, alignment: SceneAlignment) {
        self.alignment = alignment
        frame.withBytes { bytes in
            count = 0
            isRefined = false
            guard let base = bytes.baseAddress else { return }
            if format.bytesPerSample == 1 {
                load(base.assumingMemoryBound(to: UInt8.self), background: background)
            } else {
                load(base.assumingMemoryBound(to: UInt16.self), background: background)
            }
        }
    }

    private mutating func load<Sample: FixedWidthInteger & UnsignedInteger>(
        _ samples: UnsafePointer<Sample>, background: BackgroundModel
    ) {
        let sampling = FrameSampling(format: format, displacement: alignment.displacement)
        let white = 0.97 * Float(format.saturationLevel)
        let alignment = alignment
        for y in stride(from: step / 2, to: format.height, by: step) {
            for x in stride(from: step / 2, to: format.width, by: step) {
                guard let value = sampling.value(samples, column: x, row: y) else { continue }
                let nearest = sampling.nearest(column: x, row: y)
                guard background.mask[nearest.column, nearest.row] == 0 else { continue }
                let expected = alignment.expected(background.mean[x, y], column: x, row: y)
                guard expected < white else { continue }
                points[count] = Point(
                    column: Int32(x), row: Int32(y), expected: expected, difference: value - expected,
                    inverseDeviation: 1 / background.deviation[x, y])
                count += 1
            }
        }
    }

    /// Refines gain and level of the alignment with the grid's pixels, bright and dark ones alike; gives the refined
    /// alignment, which the grid refers to from then on.
    ///
    /// The features that fix the displacement lie on bright edges and say little of the dark parts, where an error
    /// of a tenth of the noise would add up in sums over many frames. Method: least squares for the differences as a
    /// linear function of the background, Huber's weights, three iterations.
    mutating func refine() -> SceneAlignment {
        var gain: Float = 0
        var level: Float = 0
        for _ in 0..<3 {
            var light: Float = 0
            var square: Float = 0
            var weights: Float = 0
            var right = SIMD2<Float>.zero
            for point in points[..<count] {
                let scale = point.inverseDeviation
                let size = abs(point.difference - gain * point.expected - level) * scale
                let weight = (size <= 1.5 ? 1 : 1.5 / size) * scale * scale
                light += weight * point.expected
                square += weight * point.expected * point.expected
                weights += weight
                right += weight * point.difference * SIMD2(point.expected, 1)
            }
            // On a picture without contrast the gain cannot be told from the level.
            square += 1e4
            let determinant = square * weights - light * light
            guard determinant > 1e-6 * square * weights else { break }
            gain = (weights * right.x - light * right.y) / determinant
            level = (square * right.y - light * right.x) / determinant
        }
        for index in 0..<count {
            let change = gain * points[index].expected + level
            points[index].expected += change
            points[index].difference -= change
        }
        isRefined = true
        alignment.gain *= 1 + Double(gain)
        alignment.level = alignment.level * (1 + Double(gain)) + Double(level)
        return alignment
    }

    /// How much the frame differs.
    mutating func result() -> Result {
        guard count > 0 else { return Result(level: 0, spread: 0, noise: 0, changedFraction: 0) }
        for index in 0..<count { sorted[index] = points[index].difference }
        let (level, spread) =
            isRefined ? (0, 0) : RobustScale.clippedMeanAndSigma(&sorted, count: count)
        let changed = points[..<count].count { abs($0.difference - level) * $0.inverseDeviation > 6 }
        for index in 0..<count { sorted[index] = 1 / points[index].inverseDeviation }
        let noise = RobustScale.median(&sorted, count: count)
        return Result(
            level: Double(level), spread: Double(spread), noise: Double(noise),
            changedFraction: Double(changed) / Double(count))
    }

    /// The levels that the darkest twentieth and the brightest hundredth of the scene have, in ADU.
    mutating func levels(_ background: BackgroundModel) -> (dark: Double, bright: Double) {
        var count = 0
        for y in stride(from: step / 2, to: format.height, by: step) {
            for x in stride(from: step / 2, to: format.width, by: step) {
                sorted[count] = background.mean[x, y]
                count += 1
            }
        }
        guard count > 0 else { return (0, 0) }
        sorted[..<count].sort()
        return (Double(sorted[count / 20]), Double(sorted[count - 1 - count / 100]))
    }
}
