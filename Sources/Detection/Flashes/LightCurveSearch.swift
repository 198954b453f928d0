// SPDX-License-Identifier: Apache-2.0

/// The matched filter in time: finds the shape and the beginning that a light curve shows most clearly.
struct LightCurveSearch {
    let family: LightCurveFamily

    /// The best match of a family against scores of unit variance.
    ///
    /// Given: scores, oldest first, the newest of age 0; the background's pull; the thresholds. Returned: the match with the greatest
    /// excess of the squared statistic over its squared threshold; nil if there is no light at all.
    ///
    /// Notes: shapes may reach beyond the newest frame, as the light of an event that is not over does; the part that
    /// is seen is renormalised. At least half of their power must be seen.
    func best(_ scores: [Double], pull: BackgroundPull, threshold: FlashThreshold) -> LightCurveMatch? {
        var found: (match: LightCurveMatch, excess: Double)?
        for shape in family.shapes { LightCurveSearch.scan(shape, scores, pull, threshold, &found) }
        return found?.match
    }

    /// The best match near another, with lengths, onsets and time constants in finer steps.
    func refined(
        _ match: LightCurveMatch, _ scores: [Double], pull: BackgroundPull, threshold: FlashThreshold
    ) -> LightCurveMatch {
        var found: (match: LightCurveMatch, excess: Double)?
        let reach: Int
        var shapes = [match.shape]
        switch match.shape.kind {
        case .box(let frames):
            reach = 2 + frames / 6
            for count in max(1, frames - reach)...(frames + reach) { shapes.append(.init(.box(frames: count))) }
        case .decay(let frames, _):
            reach = 1
            for factor in [0.71, 0.84, 1, 1.19, 1.41] {
                for step in 0..<8 {
                    shapes.append(.init(.decay(frames: frames * factor, onset: Double(step) / 8)))
                }
            }
        case .skew(let frames, _):
            reach = 2 + frames / 6
            for factor in [0.84, 0.92, 1, 1.09, 1.19] {
                for peak in [0.3, 0.4, 0.5, 0.6, 0.7] {
                    let count = max(2, Int((Double(frames) * factor).rounded()))
                    shapes.append(.init(.skew(frames: count, peakFraction: peak)))
                }
            }
        }
        let starts = max(0, match.start - reach)...(match.start + reach)
        for shape in shapes { LightCurveSearch.scan(shape, scores, pull, threshold, &found, starts: starts) }
        scanBoxes(within: match, scores, pull, threshold, &found)
        return found?.match ?? match
    }

    /// Tries boxes of any length that lie within another shape: one between two lengths of the family may have looked
    /// more like that.
    private func scanBoxes(
        within match: LightCurveMatch, _ scores: [Double], _ pull: BackgroundPull, _ threshold: FlashThreshold,
        _ found: inout (match: LightCurveMatch, excess: Double)?
    ) {
        // A shape of sum L has the signal to noise of a box of L² frames.
        let frames = match.shape.sum * match.shape.sum
        let lengths = max(1, Int(0.7 * frames))...(Int(1.3 * frames) + 1)
        let starts = max(0, match.start - 2)...(match.start + match.shape.light.count)
        for count in lengths {
            LightCurveSearch.scan(.init(.box(frames: count)), scores, pull, threshold, &found, starts: starts)
        }
    }

    /// Σ light × score, with the scores from a position on.
    private static func product(_ light: [Double], _ scores: [Double], _ start: Int) -> Double {
        light.withUnsafeBufferPointer { light in
            scores.withUnsafeBufferPointer { scores in
                var sum = 0.0
                for k in 0..<light.count { sum += light[k] * scores[start + k] }
                return sum
            }
        }
    }

    private static func scan(
        _ shape: LightCurveShape, _ scores: [Double], _ pull: BackgroundPull, _ threshold: FlashThreshold,
        _ found: inout (match: LightCurveMatch, excess: Double)?, starts: ClosedRange<Int>? = nil
    ) {
        let limit = threshold.value(for: shape)
        let count = scores.count
        for start in (starts?.lowerBound ?? 0)..<min(count, (starts?.upperBound ?? count - 1) + 1) {
            let seen = min(shape.light.count, count - start)
            var signal = 0.0
            var power = 1.0
            var sum = shape.sum
            if seen == shape.light.count {
                signal = LightCurveSearch.product(shape.light, scores, start)
            } else {
                (power, sum) = (0, 0)
                for k in 0..<seen {
                    signal += shape.light[k] * scores[start + k]
                    power += shape.light[k] * shape.light[k]
                    sum += shape.light[k]
                }
                guard power >= 0.5 else { break }
            }
            guard signal > 0 else { continue }
            // Of the part that is seen, normalised to unit power.
            let norm = power.squareRoot()
            let partSum = sum / norm
            let weight = pull.weight(age: count - 1 - start - seen / 2)
            let statistic = signal / norm / pull.variance(sum: partSum, weight: weight).squareRoot()
            let excess = statistic * statistic - limit * limit
            guard excess > found?.excess ?? -.infinity else { continue }
            let amplitude = signal / power / pull.share(sum: partSum, weight: weight)
            found = (
                LightCurveMatch(
                    shape: shape, start: start, statistic: statistic, amplitude: amplitude,
                    pull: amplitude * sum * weight), excess
            )
        }
    }
}
