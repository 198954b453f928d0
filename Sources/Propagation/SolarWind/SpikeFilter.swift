// SPDX-License-Identifier: Apache-2.0

/// Finds hours that stand out of their neighbours alone, as faults of an instrument do and shocks do not.
///
/// - Reference: Hampel 1974, J. Am. Stat. Assoc. 69, 383 (median and median deviation as robust scale).
enum SpikeFilter {
    /// Hours looked at on each side: seven in all.
    private static let reach = 3
    /// Robust standard deviations beyond which a value is a spike; one in two million of normal noise.
    private static let threshold = 5.0
    /// Median deviations times this are a standard deviation of normal noise.
    private static let normal = 1.4826

    /// Removes spikes, which become not-a-number.
    ///
    /// - Parameter leastScale: scale below which no real variation from hour to hour lies, in the unit of the series, so
    ///   that a calm wind does not make a spike of a common gust.
    /// - Returns: number of values removed.
    static func clean(_ series: inout [Double], leastScale: Double) -> Int {
        var spikes: [Int] = []
        for index in series.indices where !series[index].isNaN {
            let window = series[max(0, index - reach)...min(series.count - 1, index + reach)].filter { !$0.isNaN }
            guard window.count >= 5 else { continue }
            let middle = median(window)
            let scale = max(normal * median(window.map { abs($0 - middle) }), leastScale)
            if abs(series[index] - middle) > threshold * scale { spikes.append(index) }
        }
        for index in spikes { series[index] = .nan }
        return spikes.count
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle])
    }
}
