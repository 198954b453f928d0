// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// From the features of an event of one kind to the probability that it is what it is said to be.
///
/// Method: logistic regression, P = 1 / (1 + exp(-(b + Σ wᵢ xᵢ))). More signal never makes an event less probable and a
/// disturbed picture never more.
public struct ProbabilityModel: Sendable, Hashable {
    /// b, at the prior rates.
    public var intercept: Double
    /// wᵢ, in the order of `EventFeatures.values`.
    public var weights: [Double]
    /// Prior: true events of the kind that are reported, an hour of observing.
    public var trueReportsPerHour: Double
    /// Prior: other things that are reported as this kind, an hour of observing.
    public var falseReportsPerHour: Double

    /// A model from its coefficients.
    public init(intercept: Double, weights: [Double], trueReportsPerHour: Double, falseReportsPerHour: Double) {
        self.intercept = intercept
        self.weights = weights
        self.trueReportsPerHour = trueReportsPerHour
        self.falseReportsPerHour = falseReportsPerHour
    }

    /// No probability is nearer to 0 or 1 than this: no simulation is that complete.
    public static let margin = 0.005

    /// Probability that an event with these features is of the kind, from the model alone.
    public func probability(_ features: EventFeatures) -> Double {
        let sum = zip(weights, features.values).reduce(intercept) { $0 + $1.0 * $1.1 }
        return min(max(1 / (1 + exp(-sum)), ProbabilityModel.margin), 1 - ProbabilityModel.margin)
    }

    /// The same, when peaks of pure noise as significant as the event come at a rate.
    ///
    /// Noise is what a simulation of minutes cannot show and theory knows: P Rₜ / (Rₜ + Rₙ), with the true reports Rₜ
    /// and the noise Rₙ of an hour.
    public func probability(_ features: EventFeatures, falseAlarmsPerHour: Double) -> Double {
        let noise = max(falseAlarmsPerHour, 0)
        let share = trueReportsPerHour > 0 ? trueReportsPerHour / (trueReportsPerHour + noise) : 1
        return max(probability(features) * share, ProbabilityModel.margin)
    }
}
