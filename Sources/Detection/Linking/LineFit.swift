// SPDX-License-Identifier: Apache-2.0

/// Uniform motion fitted to places in time: place(t) = origin + velocity × (t − middle).
struct LineFit {
    /// Mean of the times.
    var middle: Double
    /// Place at the middle.
    var origin: SIMD2<Double>
    /// Pixels a frame.
    var velocity: SIMD2<Double>
    /// Standard error of a component of the velocity, from the scatter or the places' errors, whichever is larger.
    var velocityError: Double
    /// Root mean square distance of the places from the motion, in pixels, both coordinates together.
    var rms: Double
    /// Root mean square distance of the places from the straight path, whatever the speed along it.
    var rmsAcross: Double

    /// Least squares, all places alike. Nil for fewer than two times.
    init?(times: [Double], places: [SIMD2<Double>], placeError: Double) {
        let count = Double(times.count)
        guard times.count >= 2 else { return nil }
        middle = times.reduce(0, +) / count
        origin = places.reduce(.zero, +) / count
        var spread = 0.0
        var product = SIMD2<Double>.zero
        for (time, place) in zip(times, places) {
            spread += (time - middle) * (time - middle)
            product += (time - middle) * (place - origin)
        }
        guard spread > 0 else { return nil }
        velocity = product / spread
        let length = (velocity * velocity).sum().squareRoot()
        let across = length > 0 ? SIMD2(-velocity.y, velocity.x) / length : SIMD2(0, 0)
        var square = 0.0
        var squareAcross = 0.0
        for (time, place) in zip(times, places) {
            let rest = place - origin - (time - middle) * velocity
            square += (rest * rest).sum()
            let side = (rest * across).sum()
            squareAcross += side * side
        }
        rms = (square / count).squareRoot()
        rmsAcross = (squareAcross / count).squareRoot()
        let scatter = count > 2 ? (square / (2 * (count - 2))).squareRoot() : placeError
        velocityError = max(scatter, placeError) / spread.squareRoot()
    }

    /// Pixels a frame.
    var speed: Double { (velocity * velocity).sum().squareRoot() }

    /// The place at a time.
    func place(at time: Double) -> SIMD2<Double> { origin + (time - middle) * velocity }
}
