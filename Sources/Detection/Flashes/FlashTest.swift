// SPDX-License-Identifier: Apache-2.0

import Camera

/// The test of a whole event: matched filter in place, width and time together, and the measurement that comes with it.
///
/// Given: the flux of each frame at the place where something was noticed. The light curve that stands out most says
/// which frames to add up and with which weights; their sum says where the light is and how wide; there the flux is
/// measured anew. Twice is enough, because each step is a maximum of the same statistic.
struct FlashTest {
    private let finder: LightCurveFinder
    /// Most frames of an event.
    private let longestFrames: Int
    private let wanders: Bool
    private static let rounds = 2
    /// Signal to noise from which on a sum of frames says more about place and width than the candidate did.
    private static let placeAbove = 4.0
    /// Signal to noise from which on the width itself is known to 10 %: a Gaussian's errs by σ / (√2 ρ) and more.
    private static let freeWidthAbove = 10.0
    /// Share of the threshold below which a second round cannot help.
    private static let hopelessShare = 0.9
    /// Step of the widths that are tried, in pixels.
    private static let widthStep = 0.1

    /// - Parameter wanders: whether frames are registered, so that the scene itself adds to the noise.
    init(finder: LightCurveFinder, longestFrames: Int, wanders: Bool) {
        self.finder = finder
        self.wanders = wanders
        self.longestFrames = longestFrames
    }

    /// What is known of a flash on the way.
    private struct State {
        var flash: OpenFlash
        var match: LightCurveMatch
        /// Fitted to the sum of its frames, relative to the pixel (column, row).
        var spread: PointSpreadFit
        let column: Int
        let row: Int

        var corner: SIMD2<Double> { SIMD2(Double(column), Double(row)) }
        /// Frames with the light that the match gives them.
        var frames: [FlashPhotometry.WeightedFrame] {
            match.shape.light.indices.compactMap { position in
                let index = match.start + position
                return flash.curve.samples.indices.contains(index)
                    ? (flash.curve.samples[index].frame, match.shape.light[position]) : nil
            }
        }
    }

    /// Tests and measures what was followed; nil if it does not reach its threshold.
    func close(
        _ flash: OpenFlash, history: FrameHistory, background: BackgroundModel, photometry: inout FlashPhotometry
    ) -> ClosedFlash? {
        guard var state = locate(flash, history: history, background: background, photometry: &photometry) else {
            return nil
        }
        let unrest =
            state.flash.curve.scatter(before: visible(state).lowerBound)
            * flash.threshold.noise.width(state.match.shape)
        let statistic = state.match.statistic / unrest
        let goal = flash.threshold.value(isSingleFrame: state.match.isSingleFrame)
        let threshold =
            goal
            * FlashThreshold.widening(
                framesLearnt: background.framesLearnt, sigma: state.spread.sigma, threshold: goal)
        guard statistic >= threshold else { return nil }
        state.flash.strongest.statistic = statistic
        let sum = sum(of: state, history: history, background: background, photometry: &photometry)
        let misfit = sum.map {
            PointSpreadFit.misfit($0.patch, level: $0.level, start: state.spread.offset, widths: photometry.widths)
        }
        if statistic > FlashTest.freeWidthAbove, let sum {
            freeWidth(&state, of: sum, history: history, background: background, photometry: &photometry)
        }

        let curve = state.flash.curve
        let run = curve.widened(visible(state))
        let samples = FlashTest.freed(curve.samples[run], of: state.match)
        let lit = run.map { (curve.samples[$0].frame, state.match.light(at: $0)) }
        let onSensor = photometry.sensorMisfit(
            lit, place: state.spread.offset, column: state.column, row: state.row, history: history,
            background: background)
        let peak = FlashTest.peak(state.match, run: run, samples: samples)
        let startsAtOnce = run.lowerBound == 0 && samples.count > 8 && FlashTest.isFullAtOnce(samples)
        return ClosedFlash(
            strongest: state.flash.strongest, samples: samples, peak: peak,
            peakFrame: FlashTest.peakFrame(state.match, peak: samples[peak], curve: curve),
            signalToNoise: FlashTest.unbiased(state.match.statistic / unrest, state.match),
            place: state.flash.strongest.place, sigma: state.spread.sigma,
            misfit: (max(misfit?.sharp ?? 0, onSensor ?? -.infinity), misfit?.wide ?? 0),
            drift: photometry.drift(
                lit, column: state.column, row: state.row, history: history, background: background,
                fit: state.spread),
            background: background.mean(near: state.column, state.row),
            noise: background.deviation(near: state.column, state.row),
            threshold: FlashTest.unbiased(threshold, state.match),
            sceneScatter: scatter(state, history: history, background: background),
            isPersistent: startsAtOnce || samples.count >= longestFrames, wasDisturbed: flash.wasDisturbed)
    }

    // MARK: - Place, width and time

    /// Finds light curve and place in turns, the width being a possible one.
    private func locate(
        _ flash: OpenFlash, history: FrameHistory, background: BackgroundModel, photometry: inout FlashPhotometry
    ) -> State? {
        guard let first = finder.match(flash.curve, threshold: flash.threshold, background: background) else {
            return nil
        }
        let spot = flash.strongest
        let (column, row) = (Int(spot.place.x.rounded()), Int(spot.place.y.rounded()))
        let start = spot.place - SIMD2(Double(column), Double(row))
        var state = State(
            flash: flash, match: first,
            spread: PointSpreadFit(offset: start, sigma: spot.sigma, flux: 0, fluxError: .infinity),
            column: column, row: row)
        let widths = photometry.widths
        let sigmas = Array(stride(from: widths.lowerBound, through: widths.upperBound, by: FlashTest.widthStep))
        for _ in 0..<FlashTest.rounds {
            guard let sum = sum(of: state, history: history, background: background, photometry: &photometry) else {
                break
            }
            let shifted = start + photometry.fraction(state.frames, history: history)
            let spread = PointSpreadFit.fit(sum.patch, level: sum.level, start: shifted, sigmas: sigmas)
            guard spread.signalToNoise > FlashTest.placeAbove else { break }
            state.spread = spread
            remeasure(&state, history: history, background: background, photometry: &photometry)
            guard
                let next = finder.match(state.flash.curve, threshold: flash.threshold, background: background)
            else { return nil }
            state.match = next
            // What is far below its threshold at its best place stays there; this is how most chance spots end.
            if next.statistic < FlashTest.hopelessShare * flash.threshold.lowest { return nil }
        }
        state.match = finder.refined(
            state.match, state.flash.curve, threshold: flash.threshold, background: background)
        return state
    }

    /// Scatter of the scene around the flash beyond the noise that its errors hold already, in units of that noise.
    private func scatter(_ state: State, history: FrameHistory, background: BackgroundModel) -> Double {
        guard wanders else { return 0 }
        let place = state.flash.strongest.place
        let width = SceneScatter.width(
            at: place, sigma: state.spread.sigma, frames: state.frames, history: history, background: background)
        let known = max(
            state.flash.strongest.noiseWidth, background.edgeFactor(at: place, sigma: state.spread.sigma))
        return max(width * width / (known * known) - 1, 0).squareRoot()
    }

    /// The frames of a flash in one, weighted by its light, and the level around it.
    private func sum(
        of state: State, history: FrameHistory, background: BackgroundModel, photometry: inout FlashPhotometry
    ) -> (patch: Patch, level: Double)? {
        let stack = photometry.stack(
            state.frames, column: state.column, row: state.row, history: history, background: background)
        return stack.map { ($0, Surroundings($0, inner: 3.2 * state.spread.sigma + 1).level) }
    }

    /// Measures a clear flash with the width that it has, be it possible or not: a width that is 20 % too great gives
    /// 20 % too much flux.
    private func freeWidth(
        _ state: inout State, of sum: (patch: Patch, level: Double), history: FrameHistory,
        background: BackgroundModel, photometry: inout FlashPhotometry
    ) {
        let step = FlashTest.widthStep
        let coarse = stride(
            from: 0.5 * photometry.widths.lowerBound, through: 1.3 * photometry.widths.upperBound, by: step)
        let near = PointSpreadFit.fit(
            sum.patch, level: sum.level, start: state.spread.offset, sigmas: Array(coarse))
        let fine = stride(from: near.sigma - step, through: near.sigma + step, by: 0.25 * step)
        state.spread = PointSpreadFit.fit(sum.patch, level: sum.level, start: near.offset, sigmas: Array(fine))
        remeasure(&state, history: history, background: background, photometry: &photometry)
        state.match = finder.refined(
            state.match, state.flash.curve, threshold: state.flash.threshold, background: background)
    }

    /// Measures all frames at the place and width that have been fitted.
    private func remeasure(
        _ state: inout State, history: FrameHistory, background: BackgroundModel, photometry: inout FlashPhotometry
    ) {
        let fraction = photometry.fraction(state.frames, history: history)
        state.flash.strongest.place = state.corner + state.spread.offset - fraction
        state.flash.strongest.sigma = state.spread.sigma
        state.flash.remeasure(history: history, background: background, photometry: &photometry)
    }

    private func visible(_ state: State) -> ClosedRange<Int> {
        state.match.visible(count: state.flash.curve.samples.count)
    }

    // MARK: - Results

    /// Samples freed of the background's error, its own light in it included.
    private static func freed(_ samples: ArraySlice<FlashCurve.Sample>, of match: LightCurveMatch)
        -> [FlashCurve.Sample]
    {
        samples.map { sample in
            var result = sample
            if sample.error.isFinite { result.flux += (match.pull - match.level) * sample.error }
            return result
        }
    }

    /// ρ from the greatest statistic of a search: the mean of its square is ρ² plus 1 for each free number. Place and
    /// width are three, beginning and length of a light curve of several frames two more. A threshold of the statistic
    /// becomes one of ρ likewise.
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
