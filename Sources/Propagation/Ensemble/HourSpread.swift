// SPDX-License-Identifier: Apache-2.0

/// What the members of an ensemble say of an hour.
public struct HourSpread: Sendable, Hashable {
    /// Median of a quantity, and the values that 16 and 84 % of the members stay below.
    public struct Quantiles: Sendable, Hashable {
        /// Values that 16, 50 and 84 % of the members stay below.
        public var low: Double, median: Double, high: Double

        /// Quantiles from their values.
        public init(low: Double, median: Double, high: Double) {
            self.low = low
            self.median = median
            self.high = high
        }

        /// Those of some values, in proportion between the two nearest.
        init(of values: [Double]) {
            let sorted = values.sorted()
            func value(_ part: Double) -> Double {
                guard let last = sorted.indices.last else { return .nan }
                let place = part * Double(last)
                let index = min(Int(place), max(last - 1, 0))
                return sorted[index] + (place - Double(index)) * (sorted[min(index + 1, last)] - sorted[index])
            }
            self.init(low: value(0.16), median: value(0.5), high: value(0.84))
        }
    }

    /// Dynamic pressure in nPa.
    public var dynamicPressure: Quantiles
    /// Radial speed in km/s.
    public var speed: Quantiles
    /// Protons in cm⁻³.
    public var density: Quantiles
    /// Part of the members for which the condition holds, 0…1.
    public var probability: Double

    /// A spread from its parts.
    public init(dynamicPressure: Quantiles, speed: Quantiles, density: Quantiles, probability: Double) {
        self.dynamicPressure = dynamicPressure
        self.speed = speed
        self.density = density
        self.probability = probability
    }

    /// The spread of the members' hours of one time.
    init(of hours: [PredictedHour], condition: WindCondition) {
        func quantiles(_ quantity: WindQuantity) -> Quantiles { Quantiles(of: hours.compactMap { quantity.value($0) }) }
        let count = hours.count { hour in
            condition.holds { index in
                let comparison = condition.comparisons[index]
                guard let value = comparison.quantity.value(hour) else { return false }
                return comparison.holds(value, threshold: comparison.threshold)
            }
        }
        self.init(
            dynamicPressure: quantiles(.dynamicPressure), speed: quantiles(.speed), density: quantiles(.density),
            probability: Double(count) / Double(max(hours.count, 1)))
    }
}
