// SPDX-License-Identifier: Apache-2.0

import Camera

/// Tells whether a frame differs from the background as a whole, on a sparse grid, before any pixel is learnt.
struct PictureChange {
    /// What the grid says of a frame.
    struct Result {
        /// Median difference to the background, in ADU.
        var level: Double
        /// Width of the differences around it, in ADU.
        var spread: Double
        /// Median standard deviation of the pixels, in ADU.
        var noise: Double
        /// Share of the pixels that differ by more than six standard deviations.
        var changedFraction: Double
    }

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
    }

    /// Compares a frame with the background at whole-pixel alignment.
    mutating func measure(_ frame: Frame, background: BackgroundModel, alignment: SceneAlignment) -> Result {
        let (columns, rows) = alignment.whole
        var count = 0
        var scores = 0
        for y in stride(from: step / 2, to: format.height, by: step) {
            for x in stride(from: step / 2, to: format.width, by: step) {
                guard (0..<format.width).contains(x + columns), (0..<format.height).contains(y + rows),
                    background.mask[x + columns, y + rows] == 0
                else { continue }
                let expected = Float(alignment.gain) * background.mean[x, y] + Float(alignment.level)
                differences[count] = Float(frame[x + columns, y + rows]) - expected
                deviations[count] = background.deviation[x, y]
                count += 1
            }
        }
        guard count > 0 else { return Result(level: 0, spread: 0, noise: 0, changedFraction: 0) }
        var copy = differences
        let level = RobustScale.median(&copy, count: count)
        for index in 0..<count where abs(differences[index] - level) > 6 * deviations[index] { scores += 1 }
        let spread = RobustScale.medianAndSigma(&differences, count: count).sigma
        let noise = RobustScale.median(&deviations, count: count)
        return Result(
            level: Double(level), spread: Double(spread), noise: Double(noise),
            changedFraction: Double(scores) / Double(count))
    }
}
