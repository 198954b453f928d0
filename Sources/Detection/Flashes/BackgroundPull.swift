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
    /// What is left of the mean after its error was estimated and taken off, 0…1.
    private var share = 1.0

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
    func weight(age: Int) -> Double { share * rate * pow(1 - rate, Double(max(age, 0))) }

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
    /// Given n scores f - m beside the event, the error is estimated as their sum times a = 1 / (n + 1 / v), the mean of a
    /// normal error of variance v given the scores. What is left of the mean is m (1 - a n) + a Σ f: the event's own frames
    /// weigh less in it by 1 - a n. The frames beside it are in the mean as well, each with its weight w, so that their noise
    /// does not average out as it would otherwise: the variance of the rest is (1 - a n)² v + a² n + 2 a (1 - a n) Σ w.
    ///
    /// - Parameters:
    ///   - scores: of frames beside the event, each with the same error of variance v added.
    ///   - ages: of these frames.
    /// - Returns: the error's estimate, and the pull of what is left of the mean.
    func corrected(by scores: [Double], ages: [Int]) -> (level: Double, pull: BackgroundPull) {
        guard noise > 0 else { return (0, self) }
        let count = Double(scores.count)
        let gain = 1 / (count + 1 / noise)
        let rest = 1 - gain * count
        let shared = ages.reduce(0) { $0 + weight(age: $1) }
        var result = self
        result.noise = rest * rest * noise + gain * gain * count + 2 * gain * rest * shared
        result.share = share * rest
        return (scores.reduce(0, +) * gain, result)
    }
}
