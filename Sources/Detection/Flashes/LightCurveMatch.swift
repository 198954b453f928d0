// SPDX-License-Identifier: Apache-2.0

/// A shape laid against a light curve.
struct LightCurveMatch {
    var shape: LightCurveShape
    /// Position of the shape's first frame in the curve.
    var start: Int
    /// Matched-filter signal to noise; of unit variance for pure noise.
    var statistic: Double
    /// Amplitude for the unit shape, in standard deviations of a frame's flux, freed of the background's pull.
    var amplitude: Double
    /// What the background's pull took off the score of every frame.
    var pull: Double
    /// Error of the background in standard deviations of a frame's flux, from the frames beside the event.
    var level = 0.0

    /// True if only one frame counts.
    var isSingleFrame: Bool { shape.light.count == 1 }

    /// Light of a position of the curve, 0 outside the shape.
    func light(at position: Int) -> Double {
        shape.light.indices.contains(position - start) ? shape.light[position - start] : 0
    }

    /// Positions that show the flash, within a curve of `count` samples.
    func visible(count: Int) -> ClosedRange<Int> {
        let range = shape.visible
        let last = min(start + range.upperBound, count - 1)
        return min(start + range.lowerBound, last)...last
    }
}
