// SPDX-License-Identifier: Apache-2.0

/// Loops over one row of pixels: the only place where the background is touched with bare pointers.
///
/// Every pointer covers at least `count` elements; callers check that. The loops are written so that the compiler
/// makes vectors of them.
enum BackgroundKernels {
    /// Numbers that hold for all pixels of a frame.
    struct Rates {
        /// Share of the new sample in the mean.
        var mean: Float
        /// Share of the new sample in the standard deviation; 0 leaves it.
        var deviation: Float
        /// Deviations larger than this many σ count as this many.
        var clip: Float = 4
        /// Least standard deviation: quantisation makes quiet pixels look quieter than they are.
        var floor: Float
        /// Background from which on a pixel is saturated and says nothing.
        var saturation: Float
    }

    /// Converts a row of samples.
    static func widen<Sample: FixedWidthInteger & UnsignedInteger>(
        _ samples: UnsafePointer<Sample>, into row: UnsafeMutablePointer<Float>, count: Int
    ) {
        for x in 0..<count { row[x] = Float(samples[x]) }
    }

    /// Compares a row with its prediction and lets the background learn from it.
    ///
    /// Given: `sample`, `prediction`; given and returned: `mean`, `deviation`; returned: `score`, the difference in
    /// standard deviations, 0 where the prediction is saturated.
    ///
    /// Notes: the running mean follows differences clipped at ±`clip` σ, so that an event pulls it by a few per cent
    /// of σ a frame only. The standard deviation follows √(π/2) times the mean absolute difference, which grows with
    /// outliers to the first power only.
    static func compare(
        sample: UnsafePointer<Float>, prediction: UnsafePointer<Float>, mean: UnsafeMutablePointer<Float>,
        deviation: UnsafeMutablePointer<Float>, score: UnsafeMutablePointer<Float>, count: Int, rates: Rates
    ) {
        let saturation = rates.saturation
        let meanRate = rates.mean
        let clip = rates.clip
        if rates.deviation == 0 {
            for x in 0..<count {
                let difference = sample[x] - prediction[x]
                let sigma = deviation[x]
                let limit = clip * sigma
                let high = difference > limit ? limit : difference
                let clipped = high < -limit ? -limit : high
                mean[x] += meanRate * clipped
                let value = difference / sigma
                score[x] = prediction[x] < saturation ? value : 0
            }
            return
        }
        let rate = rates.deviation
        let floor = rates.floor
        for x in 0..<count {
            let difference = sample[x] - prediction[x]
            let sigma = deviation[x]
            let limit = clip * sigma
            let high = difference > limit ? limit : difference
            let clipped = high < -limit ? -limit : high
            mean[x] += meanRate * clipped
            let size = clipped < 0 ? -clipped : clipped
            let updated = sigma + rate * (RobustScale.sigmaPerMeanDeviation * size - sigma)
            deviation[x] = updated < floor ? floor : updated
            let value = difference / sigma
            score[x] = prediction[x] < saturation ? value : 0
        }
    }

    /// The mean plus a level that the whole frame has in common.
    static func predict(
        mean: UnsafePointer<Float>, level: Float, into row: UnsafeMutablePointer<Float>, count: Int
    ) {
        for x in 0..<count { row[x] = mean[x] + level }
    }

    /// Replaces masked samples by their prediction, so that they deviate by nothing.
    static func mask(
        _ mask: UnsafePointer<UInt8>, sample: UnsafeMutablePointer<Float>, prediction: UnsafePointer<Float>,
        count: Int
    ) {
        for x in 0..<count { sample[x] = mask[x] == 0 ? sample[x] : prediction[x] }
    }

    /// Adds a share of the light above the dark level that is a parabola of the column.
    static func brighten(
        _ row: UnsafeMutablePointer<Float>, constant: Float, linear: Float, square: Float, dark: Float, count: Int
    ) {
        for x in 0..<count {
            let position = Float(x)
            row[x] += (constant + position * (linear + position * square)) * (row[x] - dark)
        }
    }

    /// Weighted sum of five rows: the vertical half of an interpolation.
    static func combine(
        rows: (
            UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>,
            UnsafePointer<Float>
        ),
        weights w: CubicWeights, into row: UnsafeMutablePointer<Float>, count: Int
    ) {
        let (a, b, c, d, e) = rows
        for x in 0..<count {
            row[x] = w.first * a[x] + w.second * b[x] + w.third * c[x] + w.fourth * d[x] + w.fifth * e[x]
        }
    }

    /// Weighted sum of five neighbours in a row, times a gain, plus a level: the horizontal half.
    ///
    /// `source` must have two valid elements on either side.
    static func shift(
        _ source: UnsafePointer<Float>, weights w: CubicWeights, gain: Float, level: Float,
        into row: UnsafeMutablePointer<Float>, count: Int
    ) {
        for x in 0..<count {
            let left = w.first * source[x - 2] + w.second * source[x - 1]
            let right = w.fourth * source[x + 1] + w.fifth * source[x + 2]
            row[x] = gain * (left + w.third * source[x] + right) + level
        }
    }
}
