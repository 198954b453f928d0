// SPDX-License-Identifier: Apache-2.0

/// The curve Φ((ρ - ρ₅₀) / w) that explains best which injected events were found.
///
/// For the ideal detector ρ₅₀ is the threshold and w is 1. The fit is probit regression by maximum likelihood
/// (Fisher scoring); errors come from the information matrix.
///
/// - Reference: P. McCullagh, J. A. Nelder, Generalized Linear Models (1989), ch. 4.
public struct CompletenessFit: Sendable, Hashable {
    /// Signal to noise at which half of the events are found.
    public let half: Double
    /// Standard error of `half`.
    public let halfError: Double
    /// Width w of the step: 1 for the ideal detector.
    public let width: Double

    /// Signal to noise at which nine of ten events are found.
    public var ninetyPercent: Double { half + 1.281_552 * width }

    /// Share of the events that the curve says are found.
    public func share(signalToNoise: Double) -> Double { NormalDistribution.cumulative((signalToNoise - half) / width) }

    /// Fits the curve.
    ///
    /// - Parameter trials: signal to noise of each injected event, and whether it was found.
    /// - Returns: nil unless there are at least eight events, some found and some not, and faint ones are missed more
    ///   often than bright ones.
    public init?(_ trials: [(signalToNoise: Double, isFound: Bool)]) {
        let found = trials.count(where: \.isFound)
        guard trials.count >= 8, found > 0, found < trials.count else { return nil }
        // Φ(a + b (ρ - m)), with the mean m taken off for a well-conditioned matrix.
        let mean = trials.reduce(0) { $0 + $1.signalToNoise } / Double(trials.count)
        var (a, b) = (0.0, 0.5)
        var information = (aa: 0.0, ab: 0.0, bb: 0.0)
        for _ in 0..<60 {
            information = (0, 0, 0)
            var gradient = (a: 0.0, b: 0.0)
            for trial in trials {
                let offset = trial.signalToNoise - mean
                let argument = min(max(a + b * offset, -8), 8)
                let share = min(max(NormalDistribution.cumulative(argument), 1e-12), 1 - 1e-12)
                let slope = NormalDistribution.density(argument)
                let weight = slope * slope / (share * (1 - share))
                let pull = ((trial.isFound ? 1 : 0) - share) * slope / (share * (1 - share))
                gradient = (gradient.a + pull, gradient.b + pull * offset)
                information.aa += weight
                information.ab += weight * offset
                information.bb += weight * offset * offset
            }
            let determinant = information.aa * information.bb - information.ab * information.ab
            guard determinant > 1e-12 else { return nil }
            let stepA = (information.bb * gradient.a - information.ab * gradient.b) / determinant
            let stepB = (information.aa * gradient.b - information.ab * gradient.a) / determinant
            // A step that is too long overshoots where the curve is flat.
            let damping = min(1, 1 / max(abs(stepA), abs(stepB), 1e-9))
            a += damping * stepA
            b += damping * stepB
            if abs(stepA) + abs(stepB) < 1e-9 { break }
        }
        guard b > 1e-3, b < 1e3, a.isFinite else { return nil }
        half = mean - a / b
        width = 1 / b
        let determinant = information.aa * information.bb - information.ab * information.ab
        let (toA, toB) = (-1 / b, a / (b * b))
        let variance =
            (toA * toA * information.bb - 2 * toA * toB * information.ab + toB * toB * information.aa) / determinant
        halfError = max(variance, 0).squareRoot()
    }
}
