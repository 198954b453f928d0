// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Thresholds from false-alarm rates, and back.
///
/// A matched filter over white noise gives a smooth Gaussian random field of unit variance. Its false alarms are its
/// local maxima above the threshold, and their mean number is known.
///
/// Reference: Adler, R. J. (1981), *The Geometry of Random Fields*, ch. 6. For a field whose correlation is that of
/// a Gaussian point spread of standard deviation s, λ = 1 / (2 s²) is the variance of its gradient.
enum FalseAlarm {
    /// A matched filter that is evaluated now and then.
    struct Filter: Hashable {
        /// Standard deviation of the point spread, in pixels.
        var sigma: Double
        /// Evaluations a frame, at most 1.
        var evaluationsPerFrame: Double
    }

    /// Mean number of local maxima of pure noise above a threshold in one frame.
    ///
    /// - Parameters:
    ///   - threshold: in standard deviations, at least 1.
    ///   - pixelCount: pixels of the frame.
    ///   - sigma: of the point spread, in pixels.
    /// - Returns: N (1 / (2 s²)) (2π)^(-3/2) τ exp(-τ²/2), good for τ ≥ 3.
    static func peaksPerFrame(threshold: Double, pixelCount: Int, sigma: Double) -> Double {
        // The sampled field has at most one maximum in about four pixels, which limits narrow filters.
        let density = 1 / (2 * max(sigma, 0.7) * max(sigma, 0.7))
        return Double(pixelCount) * density * pow(2 * .pi, -1.5) * threshold * exp(-threshold * threshold / 2)
    }

    /// Mean number of peaks an hour above a threshold in all filters together.
    static func ratePerHour(
        threshold: Double, pixelCount: Int, framesPerSecond: Double, filters: [Filter]
    ) -> Double {
        filters.reduce(0) { sum, filter in
            sum + filter.evaluationsPerFrame * framesPerSecond * 3600
                * peaksPerFrame(threshold: threshold, pixelCount: pixelCount, sigma: filter.sigma)
        }
    }

    /// The threshold at which pure noise gives a rate.
    ///
    /// - Returns: standard deviations, found by bisection in 2…40.
    static func threshold(
        ratePerHour rate: Double, pixelCount: Int, framesPerSecond: Double, filters: [Filter]
    ) -> Double {
        var low = 2.0
        var high = 40.0
        while high - low > 1e-4 {
            let middle = (low + high) / 2
            let found = ratePerHour(
                threshold: middle, pixelCount: pixelCount, framesPerSecond: framesPerSecond, filters: filters)
            if found > rate { low = middle } else { high = middle }
        }
        return high
    }

    /// Probability that pure noise alone gives such a peak somewhere within the tests of an hour.
    static func chance(ratePerHour rate: Double) -> Double { 1 - exp(-rate) }
}
