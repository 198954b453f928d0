// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How the rate of false alarms falls with the threshold, from those that lie above a low threshold.
///
/// Maxima of a Gaussian field above u₀ are distributed as exp(-b u²) with b = 1/2 but for a slowly varying factor;
/// noise that is not Gaussian has a smaller b, a fatter tail. So the squares u² - u₀² are exponentially distributed
/// with the mean 1/b, and the rate above any higher threshold follows: log rate is a straight line in τ².
public struct TailFit: Sendable, Hashable {
    /// Low threshold u₀ in standard deviations.
    public let threshold: Double
    /// False alarms above it.
    public let count: Int
    /// Time in which they came, in hours.
    public let hours: Double
    /// Fall b of the logarithm of the rate with the square of the threshold: 0.5 for Gaussian noise; nil for fewer than
    /// five false alarms, which say nothing about it.
    public let slope: Double?

    /// Fewer say nothing about the slope.
    private static let fewest = 5

    /// A fit to the signal to noise of the false alarms seen in some hours; those below `threshold` are left out.
    public init(signalToNoise: [Double], threshold: Double, hours: Double) {
        let excesses = signalToNoise.filter { $0 >= threshold }.map { $0 * $0 - threshold * threshold }
        self.threshold = threshold
        self.hours = hours
        count = excesses.count
        let sum = excesses.reduce(0, +)
        slope = count >= TailFit.fewest && sum > 0 ? Double(count) / sum : nil
    }

    /// Expected false alarms an hour above a higher threshold; nil if the slope is not known.
    public func ratePerHour(above higher: Double) -> Double? {
        slope.map { Double(count) / hours * exp(-$0 * (higher * higher - threshold * threshold)) }
    }

    /// What the rate above a higher threshold is below with 95 %, roughly: the Poisson limit of the count, and a slope
    /// 1.645 standard errors (b / √n) below the fitted one. Without a slope the rate at the low threshold is the limit.
    public func upperLimitPerHour(above higher: Double) -> Double {
        let limit = CountInterval.poissonUpperLimit(count: count) / hours
        guard let slope else { return limit }
        let lower = max(0, slope * (1 - 1.645 / Double(count).squareRoot()))
        return limit * exp(-lower * (higher * higher - threshold * threshold))
    }
}
