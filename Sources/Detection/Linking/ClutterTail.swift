// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How the number of meaningless spots falls with their strength.
///
/// Above the threshold τ the share of spots stronger than s is taken as (τ / s)^α. α is measured; it is about τ² for
/// Gaussian noise and 2…3 for compressed video.
///
/// Reference: Hill, B. M. (1975), *A simple general approach to inference about the tail of a distribution*, Ann.
/// Statist. 3, 1163: 1 / α is the mean of ln(s / τ).
struct ClutterTail {
    /// Spots over which the mean is taken.
    private static let memory = 500.0
    /// Spots that the first guess counts as, and their mean of ln(s / τ): that of video that was compressed.
    private static let priorSpots = 20.0
    private static let priorMean = 0.25

    private var spots = ClutterTail.priorSpots
    private var mean = ClutterTail.priorMean

    /// Takes a frame's meaningless spots.
    mutating func update(_ candidates: [Candidate], threshold: Double) {
        for candidate in candidates {
            spots = min(spots + 1, ClutterTail.memory)
            mean += (log(max(candidate.statistic / threshold, 1)) - mean) / spots
        }
    }

    /// The power with which the number of spots falls, never steeper than Gauss's.
    func exponent(threshold: Double) -> Double { min(1 / max(mean, 1e-3), threshold * threshold) }

    /// Natural logarithm of the probability that meaningless spots are as strong together as these.
    ///
    /// - Parameter independent: number of spots among them that do not share their strength with another.
    /// - Returns: ln Q(n, x) with x = α Σ ln(s / τ) · n / k, the probability that the sum of n exponentially
    ///   distributed numbers of mean 1 exceeds x.
    func logProbability(of points: [Candidate], threshold: Double, independent: Double) -> Double {
        let sum = points.reduce(0) { $0 + log(max($1.statistic / threshold, 1)) }
        let count = max(1, independent.rounded())
        let x = exponent(threshold: threshold) * sum * count / Double(points.count)
        guard x > count else { return 0 }
        // Q(n, x) = e^-x Σ x^j / j!, whose last term is the greatest for x > n.
        var term = 1.0
        var series = 1.0
        for index in stride(from: count - 1, to: 0, by: -1) where term > 1e-9 {
            term *= index / x
            series += term
        }
        return -x + (count - 1) * log(x) - lgamma(count) + log(series)
    }
}
