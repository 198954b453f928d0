// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How the number of meaningless spots falls with their strength.
///
/// Excesses over the threshold τ are taken as exponentially distributed: the share of spots stronger than s is
/// exp(-(s / τ - 1) / m). The mean excess m is measured; it is 1 / τ² for Gaussian noise, which falls faster still,
/// and about a half for compressed video.
///
/// Reference: Pickands, J. (1975), *Statistical inference using extreme order statistics*, Ann. Statist. 3, 119:
/// excesses over a high threshold are exponential unless the tail is a power law or bounded.
struct ClutterTail {
    /// Spots over which the mean is taken.
    private static let memory = 500.0
    /// Spots that the first guess counts as, and their mean excess: that of compressed video.
    private static let priorSpots = 20.0
    private static let priorMean = 0.5

    private var spots = ClutterTail.priorSpots
    private var mean = ClutterTail.priorMean

    /// Takes a frame's meaningless spots.
    mutating func update(_ candidates: [Candidate], threshold: Double) {
        for candidate in candidates {
            spots = min(spots + 1, ClutterTail.memory)
            mean += (max(candidate.statistic / threshold - 1, 0) - mean) / spots
        }
    }

    /// Natural logarithm of the probability that meaningless spots are as strong together as these.
    ///
    /// The strongest does not count: a particle or the begin of another track may be as strong as it likes and find
    /// two peaks of noise that line up with it.
    ///
    /// - Returns: ln Q(k, x), the probability that the sum of k exponentially distributed numbers of mean 1 exceeds
    ///   x = Σ (s / τ - 1) / m.
    func logProbability(of points: [Candidate], threshold: Double) -> Double {
        // Nothing falls faster than Gauss's tail.
        let scale = max(mean, 1 / (threshold * threshold))
        let excesses = points.map { max($0.statistic / threshold - 1, 0) / scale }
        let x = excesses.reduce(0, +) - (excesses.max() ?? 0)
        let count = Double(points.count - 1)
        guard x > count else { return 0 }
        // Q(k, x) = e^-x Σ x^j / j! for j < k, whose last term is the greatest for x > k.
        var term = 1.0
        var series = 1.0
        for index in stride(from: count - 1, to: 0, by: -1) where term > 1e-9 {
            term *= index / x
            series += term
        }
        return -x + (count - 1) * log(x) - lgamma(count) + log(series)
    }
}
