// SPDX-License-Identifier: Apache-2.0

import Camera

/// The test of a whole event: matched filter in place, width and time together, and the measurement that comes with it.
///
/// Given: the flux of each frame at the place where something was noticed. The light curve that stands out most says
/// which frames to add up and with which weights; their sum says where the light is and how wide; there the flux is
/// measured anew. Twice is enough, because each step is a maximum of the same statistic.
struct FlashTest {
    private let search: LightCurveSearch
    private let backgroundRate: Double
    /// Most frames of an event.
    private let longestFrames: Int
    private static let rounds = 2
    /// Signal to noise from which on a sum of frames says more about place and width than the candidate did.
    private static let placeAbove = 4.0
    /// Step of the widths that are tried, in pixels.
    private static let widthStep = 0.1

    init(longestShape: Int, longestFrames: Int, backgroundRate: Double) {
        search = LightCurveSearch(family: LightCurveFamily(longestFrames: longestShape))
        self.backgroundRate = backgroundRate
        self.longestFrames = longestFrames
    }

    /// The light curve that stands out most; nil if there is no light.
    func match(_ curve: FlashCurve, threshold: FlashThreshold, background: BackgroundModel) -> LightCurveMatch? {
        search.best(curve.scores, pull: pull(background), threshold: threshold)
    }

    /// What an event must reach while the background is still uncertain.
    static func widened(_ threshold: Double, sigma: Double, background: BackgroundModel) -> Double {
        threshold
            * FlashThreshold.widening(framesLearnt: background.framesLearnt, sigma: sigma, threshold: threshold)
    }

    /// Tests and measures what was followed; nil if it does not reach its threshold.
    func close(
        _ open: OpenFlash, history: FrameHistory, background: BackgroundModel, photometry: inout FlashPhotometry
    ) -> ClosedFlash? {
        var flash = open
        guard var match = match(flash.curve, threshold: flash.threshold, background: background) else { return nil }
        let column = Int(flash.strongest.place.x.rounded())
        let row = Int(flash.strongest.place.y.rounded())
        let corner = SIMD2(Double(column), Double(row))
        let start = flash.strongest.place - corner
        let widths = photometry.widths
        let sigmas = Array(stride(from: widths.lowerBound, through: widths.upperBound, by: FlashTest.widthStep))
        var fit = PointSpreadFit(offset: start, sigma: flash.strongest.sigma, flux: 0, fluxError: .infinity)
        var misfit = (sharp: 0.0, wide: 0.0)
        for _ in 0..<FlashTest.rounds {
            guard
                let whole = photometry.stack(
                    FlashTest.weights(match, flash.curve), column: column, row: row, history: history,
                    background: background)
            else { break }
            let level = Surroundings(whole, inner: 3.2 * flash.strongest.sigma + 1).level
            fit = PointSpreadFit.fit(whole, level: level, start: start, sigmas: sigmas)
            misfit = PointSpreadFit.misfit(whole, level: level, start: start, widths: widths)
            guard fit.signalToNoise > FlashTest.placeAbove else { break }
            flash.strongest.place = corner + fit.offset
            flash.strongest.sigma = fit.sigma
            flash.remeasure(history: history, background: background, photometry: &photometry)
            guard let next = self.match(flash.curve, threshold: flash.threshold, background: background) else {
                return nil
            }
            match = next
        }
        match = search.refined(match, flash.curve.scores, pull: pull(background), threshold: flash.threshold)
        let unrest = flash.curve.scatter(before: match.visible(count: flash.curve.samples.count).lowerBound)
        let statistic = match.statistic / unrest
        let threshold = FlashTest.widened(
            flash.threshold.value(isSingleFrame: match.isSingleFrame), sigma: flash.strongest.sigma,
            background: background)
        guard statistic >= threshold else { return nil }
        flash.strongest.statistic = statistic

        let run = flash.curve.widened(match.visible(count: flash.curve.samples.count))
        let samples = FlashTest.freed(flash.curve.samples[run], of: match)
        let weights = run.map { (flash.curve.samples[$0].frame, match.light(at: $0)) }
        let onSensor = photometry.sensorMisfit(
            weights, place: fit.offset, column: column, row: row, history: history, background: background)
        if let onSensor { misfit.sharp = max(misfit.sharp, onSensor) }
        let peak = FlashTest.peak(match, run: run, samples: samples)
        let startsAtOnce = run.lowerBound == 0 && samples.count > 8 && FlashTest.isFullAtOnce(samples)
        return ClosedFlash(
            strongest: flash.strongest, samples: samples, peak: peak,
            peakFrame: FlashTest.peakFrame(match, peak: samples[peak], curve: flash.curve),
            signalToNoise: FlashTest.unbiased(statistic, match), place: corner + fit.offset, sigma: fit.sigma,
            misfit: misfit,
            drift: photometry.drift(
                weights, column: column, row: row, history: history, background: background, fit: fit),
            background: background.mean(near: column, row), noise: background.deviation(near: column, row),
            threshold: threshold, isPersistent: startsAtOnce || samples.count >= longestFrames,
            wasDisturbed: flash.wasDisturbed)
    }

    private func pull(_ background: BackgroundModel) -> BackgroundPull {
        BackgroundPull(rate: backgroundRate, framesLearnt: background.framesLearnt)
    }

    /// Frames with the light that the match gives them.
    private static func weights(_ match: LightCurveMatch, _ curve: FlashCurve) -> [FlashPhotometry.WeightedFrame] {
        match.shape.light.indices.compactMap { position in
            let index = match.start + position
            return curve.samples.indices.contains(index)
                ? (curve.samples[index].frame, match.shape.light[position]) : nil
        }
    }

    /// Samples with what the event itself had put into the background.
    private static func freed(_ samples: ArraySlice<FlashCurve.Sample>, of match: LightCurveMatch)
        -> [FlashCurve.Sample]
    {
        samples.map { sample in
            var result = sample
            if sample.error.isFinite { result.flux += match.pull * sample.error }
            return result
        }
    }

    /// ρ from the greatest statistic of a search: the mean of its square is ρ² plus 1 for each free number. Place and
    /// width are three, beginning and length of a light curve of several frames two more.
    private static func unbiased(_ statistic: Double, _ match: LightCurveMatch) -> Double {
        let free = match.isSingleFrame ? 3.0 : 5.0
        return max(statistic * statistic - free, 0).squareRoot()
    }

    /// The brightest frame: of the fitted curve, which is smooth where the samples are noisy, unless it is a box.
    private static func peak(_ match: LightCurveMatch, run: ClosedRange<Int>, samples: [FlashCurve.Sample]) -> Int {
        if case .box = match.shape.kind {
            return samples.indices.max { samples[$0].flux < samples[$1].flux } ?? 0
        }
        return min(max(match.start + match.shape.peak - run.lowerBound, 0), samples.count - 1)
    }

    /// The brightest moment as a frame number.
    private static func peakFrame(_ match: LightCurveMatch, peak: FlashCurve.Sample, curve: FlashCurve) -> Double {
        if case .box = match.shape.kind { return Double(peak.frame) }
        return Double(curve.samples[match.start].frame) + match.shape.peakTime
    }

    /// True if the light does not rise: its first frames are more than half as bright as the mean.
    private static func isFullAtOnce(_ samples: [FlashCurve.Sample]) -> Bool {
        let begin = samples.prefix(8)
        let mean = samples.reduce(0) { $0 + $1.flux } / Double(samples.count)
        return begin.reduce(0) { $0 + $1.flux } / Double(begin.count) > 0.5 * mean
    }
}
