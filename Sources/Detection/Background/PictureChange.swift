// SPDX-License-Identifier: Apache-2.0

import Camera

/// Tells whether a frame differs from the background as a whole, on a sparse grid, before any pixel is learnt.
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

    private var places: [SIMD2<Int32>]
    private var expectations: [Float]
    private var differences: [Float]
    private var deviations: [Float]
    private let step: Int
    private let format: FrameFormat

    init(format: FrameFormat) {
        self.format = format
        var step = 1
        while (format.width / step + 1) * (format.height / step + 1) > 4096 { step += 1 }
        self.step = step
        let count = (format.width / step + 1) * (format.height / step + 1)
        differences = [Float](repeating: 0, count: count)
        deviations = [Float](repeating: 0, count: count)
        places = [SIMD2<Int32>](repeating: .zero, count: count)
        expectations = [Float](repeating: 0, count: count)
    }

    /// Refines gain and level of an alignment with the grid's pixels, bright and dark ones alike.
    ///
    /// The features that fix the displacement lie on bright edges and say little of the dark parts, where an error
    /// of a tenth of the noise would add up in sums over many frames. Method: least squares for the differences as a
    /// linear function of the background, Huber's weights, three iterations.
    mutating func refine(_ alignment: SceneAlignment, frame: Frame, background: BackgroundModel) -> SceneAlignment {
        let count = load(frame, background: background, alignment: alignment)
        var gain = 0.0
        var level = 0.0
        for _ in 0..<3 {
            var equations = NormalEquations(count: 2)
            for index in 0..<count {
                let scale = 1 / Double(deviations[index])
                let expected = Double(expectations[index])
                let score = (Double(differences[index]) - gain * expected - level) * scale
                let weight = abs(score) <= 1.5 ? 1 : 1.5 / abs(score)
                equations.add(
                    SIMD8(expected, 1, 0, 0, 0, 0, 0, 0) * scale, value: Double(differences[index]) * scale,
                    weight: weight)
            }
            // On a picture without contrast the gain cannot be told from the level.
            equations.restrain(0, weight: 1e4)
            guard let solution = equations.solve() else { break }
            gain = solution[0]
            level = solution[1]
        }
        var refined = alignment
        refined.gain *= 1 + gain
        refined.level = alignment.level * (1 + gain) + level
        return refined
    }

    /// Compares a frame with the background.
    mutating func measure(_ frame: Frame, background: BackgroundModel, alignment: SceneAlignment) -> Result {
        let count = load(frame, background: background, alignment: alignment)
        var scores = 0
        guard count > 0 else { return Result(level: 0, spread: 0, noise: 0, changedFraction: 0) }
        let (level, spread) = RobustScale.clippedMeanAndSigma(differences, count: count)
        for index in 0..<count where abs(differences[index] - level) > 6 * deviations[index] { scores += 1 }
        let noise = RobustScale.median(&deviations, count: count)
        return Result(
            level: Double(level), spread: Double(spread), noise: Double(noise),
            changedFraction: Double(scores) / Double(count))
    }

    /// What this frame says of how the gain differs over it, beyond the alignment's local gain.
    ///
    /// Method: least squares for the differences with gain, level and the five terms of `LocalGain`, Huber's weights.
    mutating func localGainStep(
        _ frame: Frame, background: BackgroundModel, alignment: SceneAlignment
    ) -> SIMD8<Double> {
        let count = load(frame, background: background, alignment: alignment)
        var equations = NormalEquations(count: 7)
        for index in 0..<count {
            let scale = 1 / Double(deviations[index])
            let score = Double(differences[index]) * scale
            let light = (Double(expectations[index]) - alignment.localGain.dark) * scale
            let terms = alignment.localGain.terms(column: Int(places[index].x), row: Int(places[index].y)) * light
            equations.add(
                SIMD8(terms[0], terms[1], terms[2], terms[3], terms[4], light, scale, 0), value: score,
                weight: abs(score) <= 2 ? 1 : 2 / abs(score))
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
                expectations[count] = background.mean[x, y]
                count += 1
            }
        }
        guard count > 0 else { return 0 }
        return expectations[..<count].sorted()[count / 20]
    }

    /// Fills the samples; returns their number.
    private mutating func load(_ frame: Frame, background: BackgroundModel, alignment: SceneAlignment) -> Int {
        let (columns, rows) = alignment.whole
        let weights = (
            x: CubicWeights(offset: -alignment.fraction.x), y: CubicWeights(offset: -alignment.fraction.y)
        )
        let white = Float(format.saturationLevel)
        var count = 0
        for y in stride(from: step / 2, to: format.height, by: step) {
            for x in stride(from: step / 2, to: format.width, by: step) {
                guard (0..<format.width).contains(x + columns), (0..<format.height).contains(y + rows),
                    background.mask[x + columns, y + rows] == 0
                else { continue }
                // Without the sub-pixel shift a limb that wanders would look dimmer than the background on average.
                let expected = background.prediction(column: x, row: y, alignment: alignment, weights: weights)
                guard expected < 0.97 * white else { continue }
                places[count] = SIMD2(Int32(x), Int32(y))
                expectations[count] = expected
                differences[count] = Float(frame[x + columns, y + rows]) - expected
                deviations[count] = background.deviation[x, y]
                count += 1
            }
        }
        return count
    }
}
