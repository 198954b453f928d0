// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How false alarms keep to their promise, from a detector that may make many.
///
/// Every alert carries the rate r at which pure noise makes its like, whatever its length and width. Where noise keeps
/// to that, alerts of at most r come r times an hour: the logarithms ln(R / r) of those that a detector with a promise
/// of R gives are exponentially distributed with a mean of 1. What is not Gaussian noise has a greater mean, a fatter
/// tail; the rate under any stricter promise follows from it as a power law.
public struct TailFit: Sendable, Hashable {
    /// The promise R that the false alarms were collected under, an hour.
    public let promisedPerHour: Double
    /// False alarms.
    public let count: Int
    /// Time in which they came, in hours.
    public let hours: Double
    /// Fall of the logarithm of their rate with that of the promise: 1 for Gaussian noise; nil for fewer than five
    /// false alarms, which say nothing about it.
    public let slope: Double?

    /// Fewer say nothing about the slope.
    private static let fewest = 5
    /// No rate is smaller than this share of the promise: a logarithm of what is beyond says no more.
    private static let smallest = 1e-30

    /// A fit to the false alarms seen in some hours.
    ///
    /// - Parameters:
    ///   - ratesPerHour: of noise that makes the like of each; those above the promise are left out.
    ///   - promisedPerHour: R, above 0.
    public init(ratesPerHour: [Double], promisedPerHour: Double, hours: Double) {
        let excesses = ratesPerHour.filter { $0 <= promisedPerHour }
            .map { -log(max($0 / promisedPerHour, TailFit.smallest)) }
        self.promisedPerHour = promisedPerHour
        self.hours = hours
        count = excesses.count
        let sum = excesses.reduce(0, +)
        slope = count >= TailFit.fewest && sum > 0 ? Double(count) / sum : nil
    }

    /// Expected false alarms an hour under a stricter promise; nil if the slope is not known.
    public func ratePerHour(promised rate: Double) -> Double? {
        slope.map { Double(count) / hours * pow(rate / promisedPerHour, $0) }
    }

    /// What the rate under a stricter promise is below with 95 %, roughly: the Poisson limit of the count, and a slope
    /// 1.645 standard errors (slope / √n) below the fitted one. Where no slope is known, a half is taken.
    public func upperLimitPerHour(promised rate: Double) -> Double {
        let limit = CountInterval.poissonUpperLimit(count: count) / hours
        let lower = slope.map { max(0, $0 * (1 - 1.645 / Double(count).squareRoot())) } ?? 0.5
        return limit * pow(rate / promisedPerHour, lower)
    }
}
