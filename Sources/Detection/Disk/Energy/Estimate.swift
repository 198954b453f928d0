// SPDX-License-Identifier: Apache-2.0

/// A quantity that is known within a range only.
public struct Estimate: Sendable, Hashable {
    /// The value under the stated assumptions.
    public var value: Double
    /// The least that other defensible assumptions give.
    public var low: Double
    /// The most that other defensible assumptions give.
    public var high: Double

    /// An estimate from its parts.
    public init(value: Double, low: Double, high: Double) {
        self.value = value
        self.low = low
        self.high = high
    }

    /// The estimate times a number that is known.
    func scaled(by factor: Double) -> Estimate {
        Estimate(value: factor * value, low: factor * low, high: factor * high)
    }
}
