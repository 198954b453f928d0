// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How the background that an event is measured against has been pulled by the event itself.
///
/// Frames are compared with a running mean m that already contains each of them with a weight w = r (1 - r)^age.
/// If the event's light in frame t is D(t), what is measured is D(t) - Σ w D, for every frame the same too little.
/// The mean has noise of its own, of variance v = Σ w² ≈ r / 2 of that of a frame.
struct BackgroundPull {
    /// Share of a new frame in the mean.
    let rate: Double

    /// - Parameters:
    ///   - rate: share of a new frame in the mean when the background has settled, 0…1.
    ///   - framesLearnt: before that the mean is the average of the frames learnt.
    init(rate: Double, framesLearnt: Int) {
        self.rate = min(max(rate, 1 / Double(max(framesLearnt, 2))), 0.5)
    }

    /// Weight of a frame of an age in the mean.
    func weight(age: Int) -> Double { rate * pow(1 - rate, Double(max(age, 0))) }

    /// Variance of the sum Σ l (f - m) over independent frames f of unit variance with Σ l² = 1: 1 + L² v - 2 L Σ l w.
    ///
    /// - Parameters:
    ///   - sum: L = Σ l.
    ///   - weight: of the frames in the mean, typically.
    func variance(sum: Double, weight: Double) -> Double {
        max(1 + sum * sum * (rate / 2 - 2 * weight), 0.25)
    }

    /// What is left of the amplitude of an event: Σ l (D - Σ w D) / Σ l D with D in proportion to l.
    func share(sum: Double, weight: Double) -> Double { max(1 - sum * sum * weight, 0.25) }
}
