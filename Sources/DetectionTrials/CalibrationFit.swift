// SPDX-License-Identifier: Apache-2.0

import Detection

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Fits the model of a probability to examples.
///
/// Method: logistic regression by gradient ascent on the weighted likelihood, with true and false examples made equally
/// heavy, a normal prior of the weights (standard deviation 2) against what few examples say by chance, and the signs
/// that must hold kept at each step. The intercept is then moved to the prior rates: a case-control sample gives the
/// right slopes and a shifted intercept.
///
/// Reference: R. L. Prentice and R. Pyke, "Logistic disease incidence models and case-control studies", Biometrika 66
/// (1979), 403–411.
public enum CalibrationFit {
    private static let iterations = 2500

    /// The model of the examples of one subject.
    public static func model(_ examples: [CalibrationExample]) -> ProbabilityModel {
        let (trueRate, falseRate) = rates(examples)
        var weights = [Double](repeating: 0, count: EventFeatures.count)
        var intercept = 0.0
        let trueCount = examples.count(where: \.isTrue)
        // With examples of one outcome alone the mean of the prior rates stands for all.
        if trueCount > 0, trueCount < examples.count { (intercept, weights) = slopes(examples) }
        return ProbabilityModel(
            intercept: intercept + log(trueRate / falseRate), weights: weights, trueReportsPerHour: trueRate,
            falseReportsPerHour: falseRate)
    }

    /// Reports an hour, true and false.
    ///
    /// Where the simulation shows none, half a report of the least frequent weight is assumed (Jeffreys' prior): a rate of
    /// zero would promise certainty.
    private static func rates(_ examples: [CalibrationExample]) -> (isTrue: Double, isFalse: Double) {
        let half = 0.5 * (examples.map(\.weight).filter { $0 > 0 }.min() ?? 1)
        func rate(_ isTrue: Bool) -> Double { half + examples.reduce(0) { $0 + ($1.isTrue == isTrue ? $1.weight : 0) } }
        return (rate(true), rate(false))
    }

    private static func slopes(_ examples: [CalibrationExample]) -> (intercept: Double, weights: [Double]) {
        let samples = examples.filter { $0.weight > 0 }
        // Both outcomes weigh one half; within each, examples weigh as often as they happen.
        func total(_ isTrue: Bool) -> Double { samples.reduce(0) { $0 + ($1.isTrue == isTrue ? $1.weight : 0) } }
        let totals = (isTrue: total(true), isFalse: total(false))
        guard totals.isTrue > 0, totals.isFalse > 0 else {
            return (0, [Double](repeating: 0, count: EventFeatures.count))
        }
        let shares = samples.map { 0.5 * $0.weight / ($0.isTrue ? totals.isTrue : totals.isFalse) }
        let values = samples.map(\.features.values)
        // Features are centred and scaled for the ascent, and put back at the end.
        let scale = Standardisation(values)
        let inputs = values.map(scale.applied)
        // The prior is worth its share of as many examples as there are of the rarer outcome.
        let rarer = Double(min(samples.count(where: \.isTrue), samples.count(where: { !$0.isTrue })))
        let restraint = 1 / (4 * max(2 * rarer, 1))
        // The inverse of a bound of the curvature, ¼ Σ share (1 + |x|²): no step is too long then.
        let curvature = zip(shares, inputs).reduce(restraint) { sum, sample in
            sum + 0.25 * sample.0 * sample.1.reduce(1) { $0 + $1 * $1 }
        }
        let step = 1 / curvature
        var intercept = 0.0
        var weights = [Double](repeating: 0, count: EventFeatures.count)
        for _ in 0..<iterations {
            var slope = 0.0
            var slopes = weights.map { -restraint * $0 }
            for index in samples.indices {
                let sum = zip(weights, inputs[index]).reduce(intercept) { $0 + $1.0 * $1.1 }
                let error = shares[index] * ((samples[index].isTrue ? 1 : 0) - 1 / (1 + exp(-sum)))
                slope += error
                for feature in slopes.indices { slopes[feature] += error * inputs[index][feature] }
            }
            intercept += step * slope
            for feature in weights.indices { weights[feature] += step * slopes[feature] }
            weights[0] = max(weights[0], 0)
            weights[EventFeatures.count - 1] = min(weights[EventFeatures.count - 1], 0)
        }
        return scale.undone(intercept: intercept, weights: weights)
    }

    /// Centre and width of each feature.
    private struct Standardisation {
        var means: [Double]
        var widths: [Double]

        init(_ values: [[Double]]) {
            let count = Double(max(values.count, 1))
            let means = (0..<EventFeatures.count).map { feature in values.reduce(0) { $0 + $1[feature] } / count }
            widths = means.enumerated().map { feature, mean in
                let variance = values.reduce(0) { $0 + ($1[feature] - mean) * ($1[feature] - mean) } / count
                return variance > 1e-12 ? variance.squareRoot() : 1
            }
            self.means = means
        }

        func applied(_ values: [Double]) -> [Double] {
            values.indices.map { (values[$0] - means[$0]) / widths[$0] }
        }

        func undone(intercept: Double, weights: [Double]) -> (intercept: Double, weights: [Double]) {
            let plain = weights.indices.map { weights[$0] / widths[$0] }
            return (intercept - zip(plain, means).reduce(0) { $0 + $1.0 * $1.1 }, plain)
        }
    }
}
