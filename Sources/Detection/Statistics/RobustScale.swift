// SPDX-License-Identifier: Apache-2.0

/// Median and width of a sample, insensitive to outliers.
enum RobustScale {
    /// Standard deviation of a normal distribution over its mean absolute deviation, √(π/2).
    static let sigmaPerMeanDeviation: Float = 1.2533141

    /// The middle element; reorders the sample. 0 for an empty one. Hoare's selection, linear on average.
    static func median(_ values: inout [Float], count: Int) -> Float {
        guard count > 0 else { return 0 }
        let middle = count / 2
        var low = 0
        var high = count - 1
        while low < high {
            let pivot = values[(low + high) / 2]
            var left = low
            var right = high
            while left <= right {
                while values[left] < pivot { left += 1 }
                while values[right] > pivot { right -= 1 }
                if left <= right {
                    values.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if middle <= right {
                high = right
            } else if middle >= left {
                low = left
            } else {
                break
            }
        }
        return values[middle]
    }

    /// Mean and standard deviation with values further out than 2.5 σ moved in to there, by iteration.
    ///
    /// Unlike a median this is right for whole numbers whose noise is less than 1: the median of such samples jumps
    /// from one whole number to the next. 2 % of the deviation of a normal sample are lost and put back.
    /// Reorders the sample.
    static func clippedMeanAndSigma(_ values: inout [Float], count: Int) -> (mean: Float, sigma: Float) {
        guard count > 0 else { return (0, 0) }
        var mean = median(&values, count: count)
        var sum: Float = 0
        for index in 0..<count { sum += abs(values[index] - mean) }
        var sigma = sigmaPerMeanDeviation * sum / Float(count)
        for _ in 0..<4 {
            let limit = 2.5 * sigma
            var first: Float = 0
            var second: Float = 0
            for index in 0..<count {
                let deviation = min(max(values[index] - mean, -limit), limit)
                first += deviation
                second += deviation * deviation
            }
            let shift = first / Float(count)
            sigma = 1.02 * max(second / Float(count) - shift * shift, 0).squareRoot()
            mean += shift
        }
        return (mean, sigma)
    }
}
