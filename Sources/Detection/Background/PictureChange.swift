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
        /// Width of the differences around it, in ADU.
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
        let gain = Float(alignment.gain)
        let level = Float(alignment.level)
        let local = alignment.localGain
        for y in stride(from: step / 2, to: format.height, by: step) {
            for x in stride(from: step / 2, to: format.width, by: step) {
                guard let value = sampling.value(samples, column: x, row: y) else { continue }
                let nearest = sampling.nearest(column: x, row: y)
                guard background.mask[nearest.column, nearest.row] == 0 else { continue }
                let even = gain * background.mean[x, y] + level
                let expected = local.isFlat ? even : even + local.share(column: x, row: y) * (even - Float(local.dark))
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
            var equations = NormalEquations(count: 2)
            for point in points[..<count] {
                let scale = point.inverseDeviation
                let size = abs(point.difference - gain * point.expected - level) * scale
                equations.add(
                    SIMD8(Double(point.expected * scale), Double(scale), 0, 0, 0, 0, 0, 0),
                    value: Double(point.difference * scale), weight: size <= 1.5 ? 1 : Double(1.5 / size))
            }
            // On a picture without contrast the gain cannot be told from the level.
            equations.restrain(0, weight: 1e4)
            guard let solution = equations.solve() else { break }
            gain = Float(solution[0])
            level = Float(solution[1])
        }
        for index in 0..<count {
            let change = gain * points[index].expected + level
            points[index].expected += change
            points[index].difference -= change
        }
        alignment.gain *= 1 + Double(gain)
        alignment.level = alignment.level * (1 + Double(gain)) + Double(level)
        return alignment
    }

    /// How much the frame differs.
    mutating func result() -> Result {
        guard count > 0 else { return Result(level: 0, spread: 0, noise: 0, changedFraction: 0) }
        for index in 0..<count { sorted[index] = points[index].difference }
        let (level, spread) = RobustScale.clippedMeanAndSigma(sorted, count: count)
        let changed = points[..<count].count { abs($0.difference - level) * $0.inverseDeviation > 6 }
        for index in 0..<count { sorted[index] = 1 / points[index].inverseDeviation }
        let noise = RobustScale.median(&sorted, count: count)
        return Result(
            level: Double(level), spread: Double(spread), noise: Double(noise),
            changedFraction: Double(changed) / Double(count))
    }

    /// What the frame says of how the gain differs over it, beyond the alignment's local gain.
    ///
    /// Method: least squares for the differences with gain, level and the five terms of `LocalGain`, Huber's weights.
    func localGainStep() -> SIMD8<Double> {
        var equations = NormalEquations(count: 7)
        let local = alignment.localGain
        for point in points[..<count] {
            let scale = Double(point.inverseDeviation)
            let score = Double(point.difference) * scale
            let light = (Double(point.expected) - local.dark) * scale
            var terms = local.terms(column: Int(point.column), row: Int(point.row)) * light
            terms[5] = light
            terms[6] = scale
            equations.add(terms, value: score, weight: abs(score) <= 2 ? 1 : 2 / abs(score))
        }
        // Where there is little light the gain stays even.
        for term in 0..<5 { equations.restrain(term, weight: 400) }
        equations.restrain(5, weight: 1)
        equations.restrain(6, weight: 1e-3)
        guard var solution = equations.solve() else { return .zero }
        for unused in 5..<8 { solution[unused] = 0 }
        return solution
    }

    /// The level that the darkest twentieth of the scene has, in ADU.
    mutating func darkLevel(_ background: BackgroundModel) -> Float {
        var count = 0
        for y in stride(from: step / 2, to: format.height, by: step) {
            for x in stride(from: step / 2, to: format.width, by: step) {
                sorted[count] = background.mean[x, y]
                count += 1
            }
        }
        guard count > 0 else { return 0 }
        sorted[..<count].sort()
        return sorted[count / 20]
    }
}
