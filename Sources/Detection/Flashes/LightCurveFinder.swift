// SPDX-License-Identifier: Apache-2.0

/// Finds the light curve that stands out most from measured samples, with the errors of the background allowed for.
struct LightCurveFinder {
    private let search: LightCurveSearch
    private let backgroundRate: Double
    /// Variance of the settled background over that of a frame.
    private let backgroundNoise: Double

    /// - Parameters:
    ///   - longestFrames: of the shapes that are tried.
    ///   - backgroundRate: share of a new frame in the background, 0…1.
    init(longestFrames: Int, backgroundRate: Double) {
        search = LightCurveSearch(family: LightCurveFamily(longestFrames: longestFrames))
        self.backgroundRate = backgroundRate
        // Rows learn in turns, at a rate so much higher that the noise of the mean is that of the higher rate.
        let turn = LearningRates(meanRate: backgroundRate).settledMeanRate
        backgroundNoise = turn / (2 - turn)
    }

    /// The light curve that stands out most; nil if there is no light.
    func match(_ curve: FlashCurve, threshold: FlashThreshold, background: BackgroundModel) -> LightCurveMatch? {
        let scores = curve.scores
        guard let first = search.best(scores, pull: pull(background), threshold: threshold) else { return nil }
        return levelled(scores, beside: first, background) { scores, pull in
            search.best(scores, pull: pull, threshold: threshold)
        }
    }

    /// The best light curve near one that has been found.
    func refined(
        _ match: LightCurveMatch, _ curve: FlashCurve, threshold: FlashThreshold, background: BackgroundModel
    ) -> LightCurveMatch {
        let found = levelled(curve.scores, beside: match, background) { scores, pull in
            search.refined(match, scores, pull: pull, threshold: threshold)
        }
        return found ?? match
    }

    /// How the background errs that light curves are measured against.
    func pull(_ background: BackgroundModel) -> BackgroundPull {
        BackgroundPull(rate: backgroundRate, noise: backgroundNoise, framesLearnt: background.framesLearnt)
    }

    /// Searches scores freed of the background's error, as far as the frames beside a match tell it.
    private func levelled(
        _ scores: [Double], beside match: LightCurveMatch, _ background: BackgroundModel,
        search: ([Double], BackgroundPull) -> LightCurveMatch?
    ) -> LightCurveMatch? {
        // Two frames more on either side may hold light of another course.
        let inside = (match.start - 2)..<(match.start + match.shape.light.count + 2)
        let beside = scores.indices.filter { !inside.contains($0) }
        let (level, pull) = pull(background).corrected(
            by: beside.map { scores[$0] }, ages: beside.map { scores.count - 1 - $0 })
        var found = search(scores.map { $0 - level }, pull)
        found?.level = level
        return found
    }
}
