// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How the background that an event is measured against errs: by what the event itself has put into it, and by noise.
///
/// Frames are compared with a running mean m that already contains each of them with a weight w = r (1 - r)^age.
/// If the event's light in frame t is D(t), what is measured is D(t) - Σ w D, for every frame the same too little.
/// The mean has noise of its own, which sums over many frames share.
struct BackgroundPull {
    /// Share of a new frame in the mean, on the average.
    let rate: Double
    /// Variance of the mean over that of a frame.
    var noise: Double

    /// - Parameters:
    ///   - rate: share of a new frame in the mean when the background has settled, 0…1.
    ///   - noise: variance of the settled mean over that of a frame; r / 2 if every frame is learnt.
    ///   - framesLearnt: before the background has settled the mean is the average of the frames learnt.
    init(rate: Double, noise: Double, framesLearnt: Int) {
        let early = 1 / Double(max(framesLearnt, 2))
        self.rate = min(max(rate, early), 0.5)
        self.noise = max(noise, early)
    }

    /// Weight of a frame of an age in the mean.
    func weight(age: Int) -> Double { rate * pow(1 - rate, Double(max(age, 0))) }

    /// Variance of the sum Σ l (f - m) over independent frames f of unit variance with Σ l² = 1: 1 + L² v - 2 L Σ l w.
    ///
    /// - Parameters:
    ///   - sum: L = Σ l.
    ///   - weight: of the frames in the mean, typically.
    func variance(sum: Double, weight: Double) -> Double { max(1 + sum * sum * (noise - 2 * weight), 0.25) }

    /// What is left of the amplitude of an event: Σ l (D - Σ w D) / Σ l D with D in proportion to l.
    func share(sum: Double, weight: Double) -> Double { max(1 - sum * sum * weight, 0.25) }

    /// What frames without the event say about the error of the mean.
    ///
    /// - Parameter scores: of frames beside the event, each with the same error of variance v added.
    /// - Returns: the error's mean given the scores, Σ s / (n + 1 / v), and the same pull with the variance that is
    ///   left, v / (1 + n v).
    func corrected(by scores: [Double]) -> (level: Double, pull: BackgroundPull) {
        guard noise > 0 else { return (0, self) }
        let count = Double(scores.count)
        var result = self
        result.noise = noise / (1 + count * noise)
        return (scores.reduce(0, +) / (count + 1 / noise), result)
    }
}
