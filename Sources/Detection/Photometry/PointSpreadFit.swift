// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A Gaussian point spread fitted to a patch.
struct PointSpreadFit {
    /// Place relative to the middle of the patch, in pixels.
    var offset: SIMD2<Double>
    /// Standard deviation in pixels.
    var sigma: Double
    /// Flux in ADU and its standard error from the background's noise.
    var flux: Double
    var fluxError: Double
    /// Standard error of a coordinate in pixels, for this signal to noise.
    var placeError: Double { signalToNoise > 0 ? sigma / signalToNoise : .infinity }
    /// Matched-filter signal to noise.
    var signalToNoise: Double { fluxError > 0 && fluxError.isFinite ? flux / fluxError : 0 }

    /// Level of the surroundings over the height of the spot above the background, and its standard error.
    ///
    /// - Parameter level: that the fit took off.
    func halo(_ surroundings: Surroundings, level: Double) -> (value: Double, error: Double) {
        let height = level + flux / (2 * .pi * sigma * sigma)
        guard height > 0 else { return (0, .infinity) }
        return (surroundings.mean / height, surroundings.meanError / height)
    }

    /// Reach of the fit from the middle of the patch, in pixels.
    private static let reach = 5

    /// Flux and error of a point spread at a fixed place.
    ///
    /// Given: the patch, the level of its surroundings, place and width. Returned: A = Σ p d / σ² / Σ p² / σ² and
    /// its error (Σ p² / σ²)^(-1/2), with p normalised to unit sum.
    static func measure(_ patch: Patch, level: Double, offset: SIMD2<Double>, sigma: Double) -> PointSpreadFit {
        let profiles = Profiles(offset: offset, sigma: sigma)
        var signal = 0.0
        var weight = 0.0
        for j in -reach...reach {
            for i in -reach...reach {
                let index = Patch.index(i, j)
                let inverse = 1 / Double(patch.deviation[index])
                let p = profiles.x[i + reach] * profiles.y[j + reach] * inverse
                signal += p * (Double(patch.difference[index]) - level) * inverse
                weight += p * p
            }
        }
        guard weight > 0 else {
            return PointSpreadFit(offset: offset, sigma: sigma, flux: 0, fluxError: .infinity)
        }
        return PointSpreadFit(
            offset: offset, sigma: sigma, flux: signal / weight, fluxError: 1 / weight.squareRoot())
    }

    /// The best place near a start, for a width.
    ///
    /// Method: Gauss–Newton for flux and place; the place stays within 1.5 pixels of the start. If the steps do not
    /// improve the signal to noise, the best place seen is returned.
    static func fit(_ patch: Patch, level: Double, start: SIMD2<Double>, sigma: Double) -> PointSpreadFit {
        var best = measure(patch, level: level, offset: start, sigma: sigma)
        var current = best
        var equations = NormalEquations(count: 3)
        for _ in 0..<6 where current.flux > 0 {
            equations.reset()
            let profiles = Profiles(offset: current.offset, sigma: sigma)
            for j in -reach...reach {
                for i in -reach...reach {
                    let index = Patch.index(i, j)
                    let inverse = 1 / Double(patch.deviation[index])
                    guard inverse > 0 else { continue }
                    let p = profiles.x[i + reach] * profiles.y[j + reach]
                    let value = Double(patch.difference[index]) - level - current.flux * p
                    let slope = current.flux * p / (sigma * sigma)
                    let coefficients = SIMD8(
                        p, slope * (Double(i) - current.offset.x), slope * (Double(j) - current.offset.y), 0, 0, 0, 0, 0
                    )
                    equations.add(coefficients * inverse, value: value * inverse, weight: 1)
                }
            }
            guard let step = equations.solve() else { break }
            let move = SIMD2(min(max(step[1], -0.5), 0.5), min(max(step[2], -0.5), 0.5))
            var offset = current.offset + move
            offset.x = min(max(offset.x, start.x - 1.5), start.x + 1.5)
            offset.y = min(max(offset.y, start.y - 1.5), start.y + 1.5)
            current = measure(patch, level: level, offset: offset, sigma: sigma)
            if current.signalToNoise > best.signalToNoise { best = current }
            if abs(move.x) + abs(move.y) < 0.005 { break }
        }
        return best
    }

    /// The best place and width, of several widths.
    static func fit(_ patch: Patch, level: Double, start: SIMD2<Double>, sigmas: [Double]) -> PointSpreadFit {
        var best = PointSpreadFit(offset: start, sigma: sigmas.first ?? 1, flux: 0, fluxError: .infinity)
        for sigma in sigmas {
            let found = fit(patch, level: level, start: start, sigma: sigma)
            if found.signalToNoise > best.signalToNoise { best = found }
        }
        return best
    }

    /// By how much a shape that light through the optics cannot have explains a spot better: the difference of the
    /// squared signal to noise (twice the logarithm of the likelihood ratio) between the best such shape and the best
    /// point spread of a possible width.
    ///
    /// Shapes that are too sharp: one pixel, two neighbours, a point spread of half the least width. Too wide: one of
    /// one and a half times the greatest width.
    ///
    /// - Parameter widths: range of the possible standard deviations of the point spread, in pixels.
    static func misfit(
        _ patch: Patch, level: Double, start: SIMD2<Double>, widths: ClosedRange<Double>
    ) -> (sharp: Double, wide: Double) {
        let steps = 5
        let possible = (0..<steps).map { step in
            widths.lowerBound + (widths.upperBound - widths.lowerBound) * Double(step) / Double(steps - 1)
        }
        let best = fit(patch, level: level, start: start, sigmas: possible)
        let narrow = fit(patch, level: level, start: start, sigma: 0.5 * widths.lowerBound)
        let broad = fit(patch, level: level, start: start, sigma: 1.5 * widths.upperBound)
        let sharpest = max(narrow.signalToNoise, sharpScore(patch, near: best.offset, level: level))
        func square(_ score: Double) -> Double { score * abs(score) }
        // Streaks have many directions and lengths; the best of so many shapes fits noise better by about three.
        let streak = square(streakScore(patch, near: best.offset, level: level, sigma: 0.5 * widths.lowerBound)) - 3
        return (
            max(square(sharpest), streak) - square(best.signalToNoise),
            square(broad.signalToNoise) - square(best.signalToNoise)
        )
    }

    /// Score of the best single pixel or pair of neighbours near a place.
    private static func sharpScore(_ patch: Patch, near place: SIMD2<Double>, level: Double) -> Double {
        let column = min(max(Int(place.x.rounded()), -reach), reach)
        let row = min(max(Int(place.y.rounded()), -reach), reach)
        func score(_ i: Int, _ j: Int) -> Double {
            patch.score(i, j) - level / Double(patch.deviation[Patch.index(i, j)])
        }
        var best = 0.0
        for j in (row - 1)...(row + 1) {
            for i in (column - 1)...(column + 1) {
                let middle = score(i, j)
                best = max(best, middle)
                for (di, dj) in [(1, 0), (0, 1), (1, 1), (1, -1)] {
                    best = max(best, (middle + score(i + di, j + dj)) / 2.0.squareRoot())
                }
            }
        }
        return best
    }

    /// Score of the best streak through a place, as a particle leaves that comes in at a low angle: a Gaussian that is
    /// narrow across and long along, in eight directions and two lengths.
    private static func streakScore(
        _ patch: Patch, near place: SIMD2<Double>, level: Double, sigma: Double
    ) -> Double {
        var best = 0.0
        for direction in 0..<8 {
            let angle = Double(direction) * .pi / 8
            let along = SIMD2(cos(angle), sin(angle))
            for length in [2.2 * sigma, 4 * sigma] {
                for shift in [-0.5, 0, 0.5] {
                    let center = place + shift * SIMD2(-along.y, along.x)
                    best = max(
                        best, score(patch, level: level, center: center, along: along, length: length, width: sigma))
                }
            }
        }
        return best
    }

    private static func score(
        _ patch: Patch, level: Double, center: SIMD2<Double>, along: SIMD2<Double>, length: Double, width: Double
    ) -> Double {
        var signal = 0.0
        var weight = 0.0
        for j in -reach...reach {
            for i in -reach...reach {
                let index = Patch.index(i, j)
                let inverse = 1 / Double(patch.deviation[index])
                let offset = SIMD2(Double(i), Double(j)) - center
                let u = (offset * along).sum() / length
                let v = (offset.y * along.x - offset.x * along.y) / width
                let p = exp(-0.5 * (u * u + v * v)) * inverse
                signal += p * (Double(patch.difference[index]) - level) * inverse
                weight += p * p
            }
        }
        return weight > 0 ? signal / weight.squareRoot() : 0
    }

    private struct Profiles {
        var x: [Double]
        var y: [Double]

        init(offset: SIMD2<Double>, sigma: Double) {
            let norm = 1 / (sigma * (2 * Double.pi).squareRoot())
            func profile(_ center: Double) -> [Double] {
                (-reach...reach).map { pixel in
                    let distance = (Double(pixel) - center) / sigma
                    return norm * exp(-distance * distance / 2)
                }
            }
            x = profile(offset.x)
            y = profile(offset.y)
        }
    }
}
