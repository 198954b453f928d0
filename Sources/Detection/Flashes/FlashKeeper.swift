// SPDX-License-Identifier: Apache-2.0

import Camera

/// Follows still spots above the threshold from their beginning to their end, and measures them.
struct FlashKeeper {
    private(set) var open: [OpenFlash] = []
    private var patch = Patch()
    private let widths: ClosedRange<Double>
    private let framesPerSecond: Double
    private let longestFrames: Int
    private static let limit = 16
    /// Frames after which a spot that still shines is checked for being a hot pixel.
    private static let sensorCheckAge = 12
    /// Signal to noise from which on the fitted width is better than the candidate's.
    private static let remeasureAbove = 8.0

    init(widths: ClosedRange<Double>, framesPerSecond: Double, maximumSeconds: Double) {
        self.widths = widths
        self.framesPerSecond = framesPerSecond
        longestFrames = min(max(Int(maximumSeconds * framesPerSecond), 8), 2000)
    }

    /// Forgets all open spots.
    mutating func restart() { open.removeAll() }

    /// Quiet frames after which a flash is over: a quarter of a second at usual rates, at least four frames.
    private var quietFrames: Int { min(max(4, Int((0.25 * framesPerSecond).rounded())), 64) }

    /// Takes a frame, which is the last of the history, and its candidates; returns the spots that are over.
    mutating func advance(
        candidates: [Candidate], threshold: Double, isDegraded: Bool, history: FrameHistory,
        background: BackgroundModel
    ) -> [ClosedFlash] {
        guard history.count > 0 else { return [] }
        let newest = history[history.count - 1]
        for index in open.indices {
            if isDegraded { open[index].wasDisturbed = true }
            FlashKeeper.measure(&open[index], entry: newest, background: background, patch: &patch)
        }
        for candidate in candidates {
            if let index = open.firstIndex(where: { $0.covers(candidate.place) }) {
                if candidate.statistic > open[index].strongest.statistic {
                    let movesPlace = MovingTrack.distance(candidate.place, open[index].strongest.place) > 0.5
                    open[index].strongest = candidate
                    if movesPlace {
                        FlashKeeper.remeasure(&open[index], history: history, background: background, patch: &patch)
                    }
                }
            } else if candidate.statistic >= threshold, open.count < FlashKeeper.limit {
                var flash = OpenFlash(
                    strongest: candidate, openedFrame: newest.frame.index, threshold: threshold,
                    wasDisturbed: isDegraded)
                FlashKeeper.remeasure(&flash, history: history, background: background, patch: &patch)
                open.append(flash)
            }
        }
        return close(history: history, background: background, now: newest.frame.index)
    }

    /// Ends all open spots.
    mutating func finish(history: FrameHistory, background: BackgroundModel) -> [ClosedFlash] {
        defer { open.removeAll() }
        return open.compactMap { summary($0, history: history, background: background) }
    }

    private mutating func close(history: FrameHistory, background: BackgroundModel, now: Int) -> [ClosedFlash] {
        var closed: [ClosedFlash] = []
        var remaining: [OpenFlash] = []
        for flash in open {
            let age = now - flash.openedFrame
            if age == FlashKeeper.sensorCheckAge, isOnSensor(flash, history: history, background: background),
                let summary = summary(flash, history: history, background: background)
            {
                closed.append(summary)
                continue
            }
            let isQuiet = age >= quietFrames && flash.curve.recentScore(quietFrames) < 2.5
            if isQuiet || age > longestFrames {
                if let summary = summary(flash, history: history, background: background) { closed.append(summary) }
            } else {
                remaining.append(flash)
            }
        }
        open = remaining
        return closed
    }

    private static func measure(
        _ flash: inout OpenFlash, entry: FrameHistory.Entry, background: BackgroundModel, patch: inout Patch
    ) {
        let place = flash.strongest.place
        let column = Int(place.x.rounded())
        let row = Int(place.y.rounded())
        patch.load(
            column: column, row: row, frame: entry.frame, background: background, alignment: entry.alignment)
        let surroundings = Surroundings(patch, inner: 3.2 * flash.strongest.sigma + 1)
        let offset = place - SIMD2(Double(column), Double(row))
        let fit = PointSpreadFit.measure(
            patch, level: surroundings.level, offset: offset, sigma: flash.strongest.sigma)
        let edge =
            entry.alignment.fraction == .zero ? 1 : background.edgeFactor(at: place, sigma: flash.strongest.sigma)
        let isSaturated = (-1...1).contains { j in (-1...1).contains { patch.saturated[Patch.index($0, j)] } }
        flash.curve.append(
            FlashCurve.Sample(
                frame: entry.frame.index, flux: fit.flux, error: fit.fluxError * surroundings.width * edge,
                isSaturated: isSaturated))
    }

    private static func remeasure(
        _ flash: inout OpenFlash, history: FrameHistory, background: BackgroundModel, patch: inout Patch
    ) {
        // Frames that the history has let go keep their old measurement: the place has moved by a pixel at most.
        let held = history[0].frame.index
        var curve = FlashCurve()
        for sample in flash.curve.samples where sample.frame < held { curve.append(sample) }
        flash.curve = curve
        for position in 0..<history.count {
            measure(&flash, entry: history[position], background: background, patch: &patch)
        }
    }

    private mutating func summary(
        _ flash: OpenFlash, history: FrameHistory, background: BackgroundModel
    ) -> ClosedFlash? {
        guard let firstRun = flash.curve.brightestRun(longest: longestFrames) else { return nil }
        let column = Int(flash.strongest.place.x.rounded())
        let row = Int(flash.strongest.place.y.rounded())
        let corner = SIMD2(Double(column), Double(row))
        let start = flash.strongest.place - corner
        var fit = PointSpreadFit(offset: start, sigma: flash.strongest.sigma, flux: 0, fluxError: .infinity)
        var misfit = (sharp: 0.0, wide: 0.0)
        if let whole = stack(
            Array(flash.curve.samples[firstRun]), column: column, row: row, history: history, background: background)
        {
            let level = Surroundings(whole, inner: 3.2 * flash.strongest.sigma + 1).level
            let sigmas = stride(from: widths.lowerBound, through: widths.upperBound, by: 0.1).map { $0 }
            fit = PointSpreadFit.fit(whole, level: level, start: start, sigmas: sigmas)
            misfit = PointSpreadFit.misfit(whole, level: level, start: start, widths: widths)
        }
        // The candidate's place and width come from one frame and a coarse set of widths; the flux wants better.
        var flash = flash
        if fit.signalToNoise > FlashKeeper.remeasureAbove {
            flash.strongest.place = corner + fit.offset
            flash.strongest.sigma = fit.sigma
            FlashKeeper.remeasure(&flash, history: history, background: background, patch: &patch)
        }
        guard let run = flash.curve.brightestRun(longest: longestFrames) else { return nil }
        let samples = Array(flash.curve.samples[run])
        let onSensor = sensorMisfit(
            samples, place: fit.offset, column: column, row: row, history: history, background: background)
        if let onSensor { misfit.sharp = max(misfit.sharp, onSensor) }
        let frames = samples.count
        let startsAtOnce = run.lowerBound == 0 && frames > 8 && FlashKeeper.isFullAtOnce(samples)
        return ClosedFlash(
            strongest: flash.strongest, samples: samples, signalToNoise: flash.curve.signalToNoise(run),
            place: corner + fit.offset, sigma: fit.sigma, misfit: misfit,
            drift: drift(samples, column: column, row: row, history: history, background: background, fit: fit),
            background: background.mean(near: column, row), noise: background.deviation(near: column, row),
            threshold: flash.threshold, isPersistent: startsAtOnce || frames >= longestFrames,
            wasDisturbed: flash.wasDisturbed)
    }

    /// True if the light does not rise: its first frames are more than half as bright as the mean.
    private static func isFullAtOnce(_ samples: [FlashCurve.Sample]) -> Bool {
        let begin = samples.prefix(8)
        let mean = samples.reduce(0) { $0 + $1.flux } / Double(samples.count)
        return begin.reduce(0) { $0 + $1.flux } / Double(begin.count) > 0.5 * mean
    }

    /// True if the spot belongs to a pixel of the sensor and not to the scene.
    private mutating func isOnSensor(
        _ flash: OpenFlash, history: FrameHistory, background: BackgroundModel
    ) -> Bool {
        let place = flash.strongest.place
        let column = Int(place.x.rounded())
        let row = Int(place.y.rounded())
        let samples = Array(flash.curve.samples.suffix(2 * FlashKeeper.sensorCheckAge))
        return sensorMisfit(
            samples, place: place - SIMD2(Double(column), Double(row)), column: column, row: row, history: history,
            background: background) ?? 0 > FlashClassifier.limitOfMisfit
    }

    /// How much too sharp the event is when its frames are stacked as they lie on the sensor. On a wandering scene a hot pixel smears
    /// into a point spread; on the sensor it stays one pixel. 0 unless the scene has wandered.
    private mutating func sensorMisfit(
        _ samples: [FlashCurve.Sample], place: SIMD2<Double>, column: Int, row: Int, history: FrameHistory,
        background: BackgroundModel
    ) -> Double? {
        let held = samples.compactMap { history.entry(ofFrame: $0.frame)?.alignment.whole }
        guard held.count >= 3, let first = held.first,
            held.contains(where: { $0.columns != first.columns || $0.rows != first.rows })
        else { return nil }
        // The middle of the wander tells where on the sensor the spot has been on average.
        let count = Double(held.count)
        let columns = Int((Double(held.reduce(0) { $0 + $1.columns }) / count + place.x).rounded())
        let rows = Int((Double(held.reduce(0) { $0 + $1.rows }) / count + place.y).rounded())
        guard
            let stacked = stack(
                samples, column: column + columns, row: row + rows, history: history, background: background,
                onSensor: true)
        else { return nil }
        var best = (score: 0.0, column: 0, row: 0)
        for j in -3...3 {
            for i in -3...3 where stacked.score(i, j) > best.score { best = (stacked.score(i, j), i, j) }
        }
        let start = SIMD2(Double(best.column), Double(best.row))
        return PointSpreadFit.misfit(stacked, level: 0, start: start, widths: widths).sharp
    }

    /// Mean of the event's frames, each weighted by its flux, around a pixel of the scene or of the sensor.
    private mutating func stack(
        _ samples: [FlashCurve.Sample], column: Int, row: Int, history: FrameHistory, background: BackgroundModel,
        onSensor: Bool = false
    ) -> Patch? {
        var sum: Patch?
        var weights: Float = 0
        var squares: Float = 0
        for sample in samples {
            guard let entry = history.entry(ofFrame: sample.frame), sample.flux > 0 else { continue }
            let whole = onSensor ? entry.alignment.whole : (0, 0)
            patch.load(
                column: column - whole.0, row: row - whole.1, frame: entry.frame, background: background,
                alignment: entry.alignment)
            let weight = Float(sample.flux)
            if sum == nil {
                sum = patch
                sum?.clearDifferences()
            }
            sum?.add(patch, weight: weight)
            weights += weight
            squares += weight * weight
        }
        guard weights > 0 else { return nil }
        sum?.scale(differences: 1 / weights, deviations: squares.squareRoot() / weights)
        return sum
    }

    /// Displacement of the second half of the light against the first.
    private mutating func drift(
        _ samples: [FlashCurve.Sample], column: Int, row: Int, history: FrameHistory, background: BackgroundModel,
        fit: PointSpreadFit
    ) -> (distance: Double, error: Double)? {
        guard samples.count >= 2 else { return nil }
        let half = samples.count / 2
        guard
            let first = stack(
                Array(samples[..<half]), column: column, row: row, history: history, background: background),
            let second = stack(
                Array(samples[half...]), column: column, row: row, history: history, background: background)
        else { return nil }
        let before = PointSpreadFit.fit(first, level: 0, start: fit.offset, sigma: fit.sigma)
        let after = PointSpreadFit.fit(second, level: 0, start: fit.offset, sigma: fit.sigma)
        guard before.signalToNoise > 3.5, after.signalToNoise > 3.5 else { return nil }
        let error = (before.placeError * before.placeError + after.placeError * after.placeError).squareRoot()
        return (MovingTrack.distance(before.offset, after.offset), error)
    }
}
