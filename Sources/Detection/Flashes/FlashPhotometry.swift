// SPDX-License-Identifier: Apache-2.0

import Camera

/// Measures a still spot in frames of the history: its flux in each, its shape in all of them together.
struct FlashPhotometry {
    /// Standard deviations that the point spread may have, in pixels.
    let widths: ClosedRange<Double>
    /// Its memory is used again and again.
    private var patch = Patch()

    init(widths: ClosedRange<Double>) { self.widths = widths }

    /// A frame with its weight in a stack.
    typealias WeightedFrame = (frame: Int, weight: Double)

    /// Flux at the place of a candidate in a frame.
    mutating func sample(
        _ spot: Candidate, entry: FrameHistory.Entry, background: BackgroundModel
    ) -> FlashCurve.Sample {
        let place = spot.place
        // A patch is cut out in whole pixels; the rest of the displacement shifts the spot within it.
        let inPatch = place + entry.alignment.fraction
        let column = Int(inPatch.x.rounded())
        let row = Int(inPatch.y.rounded())
        patch.load(
            column: column, row: row, frame: entry.frame, background: background, alignment: entry.alignment)
        let surroundings = Surroundings(patch, inner: 3.2 * spot.sigma + 1)
        let fit = PointSpreadFit.measure(
            patch, level: surroundings.level, offset: inPatch - SIMD2(Double(column), Double(row)), sigma: spot.sigma)
        let edge = entry.alignment.fraction == .zero ? 1 : background.edgeFactor(at: place, sigma: spot.sigma)
        let isSaturated = (-1...1).contains { j in (-1...1).contains { patch.saturated[Patch.index($0, j)] } }
        return FlashCurve.Sample(
            frame: entry.frame.index, flux: fit.flux,
            error: fit.fluxError * max(surroundings.width, spot.noiseWidth, edge), isSaturated: isSaturated)
    }

    /// Flux at the place of a candidate in the last frames of the history, at most `limit`.
    mutating func curve(
        _ spot: Candidate, history: FrameHistory, background: BackgroundModel, limit: Int = .max
    ) -> FlashCurve {
        var curve = FlashCurve()
        for position in max(0, history.count - limit)..<history.count {
            curve.append(sample(spot, entry: history[position], background: background))
        }
        return curve
    }

    /// Mean of what whole pixels leave of the displacements of frames, weighted by their light: places in a stack are
    /// shifted by so much.
    func fraction(_ frames: [WeightedFrame], history: FrameHistory) -> SIMD2<Double> {
        var sum = SIMD2<Double>.zero
        var weights = 0.0
        for part in frames where part.weight > 0 {
            guard let entry = history.entry(ofFrame: part.frame) else { continue }
            // A frame has its weight in the stack, and its light besides.
            let share = part.weight * part.weight
            sum += share * entry.alignment.fraction
            weights += share
        }
        return weights > 0 ? sum / weights : .zero
    }

    /// Mean of frames around a pixel of the scene or of the sensor, weighted by their light; nil without any frame.
    mutating func stack(
        _ frames: [WeightedFrame], column: Int, row: Int, history: FrameHistory, background: BackgroundModel,
        onSensor: Bool = false
    ) -> Patch? {
        var sum: Patch?
        var weights: Float = 0
        var squares: Float = 0
        for part in frames where part.weight > 0 {
            guard let entry = history.entry(ofFrame: part.frame) else { continue }
            let whole = onSensor ? entry.alignment.whole : (0, 0)
            patch.load(
                column: column - whole.0, row: row - whole.1, frame: entry.frame, background: background,
                alignment: entry.alignment)
            let weight = Float(part.weight)
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
    mutating func drift(
        _ frames: [WeightedFrame], column: Int, row: Int, history: FrameHistory, background: BackgroundModel,
        fit: PointSpreadFit
    ) -> (distance: Double, error: Double)? {
        // Halves of the light, not of the time: the faint end of a decay says nothing of where it is.
        let light = frames.reduce(0) { $0 + max($1.weight, 0) }
        var sum = 0.0
        let half =
            frames.firstIndex { part in
                sum += max(part.weight, 0)
                return sum >= 0.5 * light
            } ?? 0
        guard half >= 1, light > 0 else { return nil }
        guard
            let first = stack(
                Array(frames[..<half]), column: column, row: row, history: history, background: background),
            let second = stack(
                Array(frames[half...]), column: column, row: row, history: history, background: background)
        else { return nil }
        let earlyShift = fraction(Array(frames[..<half]), history: history)
        let lateShift = fraction(Array(frames[half...]), history: history)
        let before = PointSpreadFit.fit(first, level: 0, start: fit.offset, sigma: fit.sigma)
        let after = PointSpreadFit.fit(second, level: 0, start: fit.offset, sigma: fit.sigma)
        guard before.signalToNoise > 3.5, after.signalToNoise > 3.5 else { return nil }
        let still = BackgroundModel.registrationError
        let error =
            (before.placeError * before.placeError + after.placeError * after.placeError + 2 * still * still)
            .squareRoot()
        return (MovingTrack.distance(before.offset - earlyShift, after.offset - lateShift), error)
    }

    /// Greatest score of a pixel near the middle of a patch.
    private static func greatestScore(_ patch: Patch) -> Double {
        var greatest = 0.0
        for j in -3...3 { for i in -3...3 { greatest = max(greatest, patch.score(i, j)) } }
        return greatest
    }

    /// How much too sharp the event is when its frames are stacked as they lie on the sensor. On a wandering scene a
    /// hot pixel smears into a point spread; on the sensor it stays one pixel. nil unless the scene has wandered.
    ///
    /// - Parameter place: relative to the pixel of the scene at `column` and `row`.
    mutating func sensorMisfit(
        _ frames: [WeightedFrame], place: SIMD2<Double>, column: Int, row: Int, history: FrameHistory,
        background: BackgroundModel
    ) -> Double? {
        let held = frames.compactMap { history.entry(ofFrame: $0.frame)?.alignment.whole }
        guard held.count >= 3, let first = held.first,
            held.contains(where: { $0.columns != first.columns || $0.rows != first.rows })
        else { return nil }
        // The middle of the wander tells where on the sensor the spot has been on average.
        let count = Double(held.count)
        let columns = Int((Double(held.reduce(0) { $0 + $1.columns }) / count + place.x).rounded())
        let rows = Int((Double(held.reduce(0) { $0 + $1.rows }) / count + place.y).rounded())
        guard
            let stacked = stack(
                frames, column: column + columns, row: row + rows, history: history, background: background,
                onSensor: true)
        else { return nil }
        var best = (score: 0.0, column: 0, row: 0)
        // A pixel of the sensor has all of the light that the wander spreads over the scene: it stands out more. Unequal
        // pixels under a flash do not.
        if let onScene = stack(frames, column: column, row: row, history: history, background: background) {
            let whole = PointSpreadFit.fit(
                onScene, level: 0, start: place, sigmas: [widths.lowerBound, widths.upperBound])
            guard FlashPhotometry.greatestScore(stacked) > whole.signalToNoise else { return nil }
        }
        for j in -3...3 {
            for i in -3...3 where stacked.score(i, j) > best.score { best = (stacked.score(i, j), i, j) }
        }
        let start = SIMD2(Double(best.column), Double(best.row))
        return PointSpreadFit.misfit(stacked, level: 0, start: start, widths: widths).sharp
    }
}
