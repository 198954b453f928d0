// SPDX-License-Identifier: Apache-2.0

/// How often events came true that were given a probability: on the diagonal if the probabilities are right.
///
/// Reference: M. H. DeGroot and S. E. Fienberg, "The comparison and evaluation of forecasters", The Statistician 32
/// (1983), 12–22.
public struct ReliabilityDiagram: Sendable, Hashable {
    /// A probability that was given, and what came of it.
    public struct Prediction: Sendable, Hashable {
        /// The probability, 0…1.
        public var probability: Double
        /// Whether the event was what it was said to be.
        public var isTrue: Bool
        /// How often the like happens in nature for each time in the simulation; above 0.
        public var weight: Double

        /// A prediction from its parts.
        public init(probability: Double, isTrue: Bool, weight: Double = 1) {
            self.probability = probability
            self.isTrue = isTrue
            self.weight = weight
        }
    }

    /// Predictions of similar probability.
    public struct Bin: Sendable, Hashable {
        /// Range of the probabilities; the upper end belongs to the next bin, except for 1.
        public var range: ClosedRange<Double>
        /// Number of predictions, unweighted.
        public var count: Int
        /// Those of them that came true, unweighted.
        public var trueCount: Int
        /// Sum of their weights.
        public var weight: Double
        /// Their weighted mean probability.
        public var predicted: Double
        /// Weighted share that came true.
        public var observed: Double
        /// Standard error of `observed`, for as many predictions as the weights are worth.
        public var observedError: Double
    }

    /// The bins that hold predictions, in the order of their probability.
    public private(set) var bins: [Bin] = []
    /// Weighted mean of |predicted - observed| over the bins (expected calibration error), 0…1.
    public private(set) var calibrationError = 0.0
    /// Weighted mean of (probability - outcome)² (Brier score), 0…1; 0.25 for the answer "a half" to everything. nil without
    /// predictions.
    public private(set) var brierScore: Double?

    /// Sorts predictions into bins of equal width.
    ///
    /// - Parameter binCount: 1…100; others are moved to the limit.
    public init(_ predictions: [Prediction], binCount: Int = 10) {
        let binCount = min(max(binCount, 1), 100)
        var sorted = [[Prediction]](repeating: [], count: binCount)
        for prediction in predictions where prediction.probability.isFinite && prediction.weight > 0 {
            let position = min(max(Int(prediction.probability * Double(binCount)), 0), binCount - 1)
            sorted[position].append(prediction)
        }
        let total = sorted.joined().reduce(0) { $0 + $1.weight }
        guard total > 0 else { return }
        for (position, members) in sorted.enumerated() where !members.isEmpty {
            let weight = members.reduce(0) { $0 + $1.weight }
            let predicted = members.reduce(0) { $0 + $1.weight * $1.probability } / weight
            let observed = members.reduce(0) { $0 + ($1.isTrue ? $1.weight : 0) } / weight
            // Kish's effective number of unequally weighted observations.
            let effective = weight * weight / members.reduce(0) { $0 + $1.weight * $1.weight }
            // Laplace's rule keeps the error above 0 where all or none came true.
            let smoothed = (observed * effective + 1) / (effective + 2)
            let range = (Double(position) / Double(binCount))...(Double(position + 1) / Double(binCount))
            bins.append(
                Bin(
                    range: range, count: members.count, trueCount: members.count(where: \.isTrue), weight: weight,
                    predicted: predicted, observed: observed,
                    observedError: (smoothed * (1 - smoothed) / effective).squareRoot()))
            calibrationError += weight / total * abs(predicted - observed)
        }
        brierScore =
            sorted.joined().reduce(0) { sum, prediction in
                let error = prediction.probability - (prediction.isTrue ? 1 : 0)
                return sum + prediction.weight * error * error
            } / total
    }
}
