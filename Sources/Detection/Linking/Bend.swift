// SPDX-License-Identifier: Apache-2.0

/// A parabola across the direction of a track.
struct Bend {
    /// Root mean square distance of the places from it, corrected for the parameters, in pixels.
    var scatter: Double
    /// Angle between its ends, in radians, 0 or more, and its standard error.
    var turn: Double
    var turnError: Double
    /// Distance from the first to the last place along the track, in pixels.
    var length: Double

    /// Nil for fewer than four places or places that do not extend along a line.
    init?(_ points: [Candidate]) {
        guard points.count >= 4,
            let fit = LineFit(
                times: points.map { Double($0.frame) }, places: points.map(\.place), placeError: 0.3),
            fit.speed > 0
        else { return nil }
        let direction = fit.velocity / fit.speed
        var equations = NormalEquations(count: 3)
        let places = points.map { point in
            let offset = point.place - fit.origin
            return SIMD2((offset * direction).sum(), offset.y * direction.x - offset.x * direction.y)
        }
        guard let least = places.map(\.x).min(), let greatest = places.map(\.x).max(), greatest - least > 1 else {
            return nil
        }
        length = greatest - least
        let scale = length / 2
        func terms(_ along: Double) -> SIMD8<Double> {
            SIMD8(1, along / scale, along * along / (scale * scale), 0, 0, 0, 0, 0)
        }
        for place in places { equations.add(terms(place.x), value: place.y, weight: 1) }
        guard let solution = equations.solve() else { return nil }
        var square = 0.0
        for place in places {
            let rest = place.y - (terms(place.x) * solution).sum()
            square += rest * rest
        }
        let count = Double(points.count)
        scatter = (square / (count - 3)).squareRoot()
        // y = c (x / h)² has the slopes ±2 c / h at its ends x = ±h. The variance of x² for even places is 4 / 45 h⁴.
        turn = abs(4 * solution[2] / scale)
        turnError = 4 * max(scatter, 0.2) / (scale * (count * 4 / 45).squareRoot())
    }
}
