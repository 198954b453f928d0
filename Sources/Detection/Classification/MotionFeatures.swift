// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What a track looks like, apart from where and how fast it goes.
struct MotionFeatures {
    private let points: [Candidate]
    private let framesPerSecond: Double

    init(_ track: MovingTrack, framesPerSecond: Double) {
        points = track.points
        self.framesPerSecond = framesPerSecond
    }

    /// Share of the points that are saturated.
    var saturatedShare: Double { Double(points.count(where: \.isSaturated)) / Double(points.count) }

    /// Standard deviation of the flux of fifths of the track over their mean; nil for fewer than ten points. Meteors
    /// rise and fall, satellites are steady.
    var unsteadiness: Double? {
        guard points.count >= 10 else { return nil }
        let fifths = (0..<5).map { part in
            let range = (part * points.count / 5)..<((part + 1) * points.count / 5)
            return points[range].reduce(0) { $0 + $1.flux } / Double(range.count)
        }
        let mean = fifths.reduce(0, +) / 5
        let variance = fifths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4
        return mean > 0 ? variance.squareRoot() / mean : nil
    }

    /// Fluxes of a strobe's flashes over that of the steady lights, at least.
    static let strobeContrast = 2.5

    /// True if short flashes much brighter than the rest come at a period of a strobe: three of them, or two of a
    /// track that lasts longer than nearly all meteors.
    var blinks: Bool {
        let fluxes = points.map(\.flux).sorted()
        guard fluxes.count >= 8, let first = points.first, let last = points.last else { return false }
        let median = fluxes[fluxes.count / 2]
        var flashes: [(first: Int, last: Int)] = []
        for point in points where point.flux > MotionFeatures.strobeContrast * median {
            if let end = flashes.last?.last, Double(point.frame - end) < 0.3 * framesPerSecond {
                flashes[flashes.count - 1].last = point.frame
            } else {
                flashes.append((point.frame, point.frame))
            }
        }
        let least = Double(last.frame - first.frame) > 2 * framesPerSecond ? 2 : 3
        guard flashes.count >= least, flashes.allSatisfy({ Double($0.last - $0.first) < 0.2 * framesPerSecond }) else {
            return false
        }
        let periods = zip(flashes.dropFirst(), flashes).map { Double($0.first - $1.first) / framesPerSecond }
        guard let shortest = periods.min(), let longest = periods.max() else { return false }
        return shortest >= PathMemory.periods.lowerBound && longest <= PathMemory.periods.upperBound
            && longest < 1.4 * shortest
    }

    /// Natural logarithm of the likelihood ratio of something near the lens, out of focus and on a curved path, and
    /// a meteor.
    ///
    /// Four features are taken as independent; each has a distribution for either kind.
    /// - The breadth of the spots: half the sum is the logarithm of a likelihood ratio for Gaussian noise. It counts
    ///   within limits, because optics, cloud and codecs are not Gaussian noise.
    /// - The level around the spots over their height: 0 for a point of light but for a few hundredths in haze,
    ///   anything up to 1 for a blob. Exponential of mean 0.04, and even; both blurred by the error of the level, which
    ///   in faint spots hides a halo as well as it feigns one.
    /// - The scatter of the places across a smooth path: for a point the place's error, σ / (signal to noise), and
    ///   half a pixel for the grid, the wake and compression; for a blob several times that. Lognormal, a factor of 1.6
    ///   wide around that error, and a factor of 2 around three times that error.
    /// - The angle by which the path turns: great circles in a picture of half the sky turn by up to 2 L / width.
    ///   Normal around 0 with half that width, and even up to 1 rad.
    ///
    /// Spots in their own glare say nothing: a fireball's head is a blob, too. Nil if most are, or if there are fewer
    /// than four.
    ///
    /// - Parameter width: of the frame, in pixels.
    func nearness(width: Int) -> Double? {
        let weak = points.filter { $0.statistic < CandidateTest.glare }
        guard points.count >= 4, 2 * weak.count > points.count, let bend = Bend(points) else { return nil }
        let halo = weak.reduce(0) { $0 + $1.halo } / Double(weak.count)
        let haloVariance = weak.reduce(0) { $0 + $1.haloError * $1.haloError } / Double(weak.count * weak.count)
        // At the edge of the frame the ring may say nothing at all.
        let haloError = min(max(haloVariance.squareRoot(), MotionFeatures.leastHaloError), 10)
        let noise = weak.reduce(0) { $0 + $1.placeError * $1.placeError } / Double(weak.count)
        let error = (noise + MotionFeatures.wake * MotionFeatures.wake).squareRoot()
        let limit = 2 * bend.length / Double(width)
        let turn = (0.25 * limit * limit + bend.turnError * bend.turnError).squareRoot()
        let even = 1 / max(1, 2 * bend.turnError)
        // Less scatter than the error is luck and says no more than as much.
        let ratio = max(bend.scatter / error, 1)
        let most = MotionFeatures.greatestBreadth
        let ofBreadth = min(max(0.5 * weak.reduce(0) { $0 + $1.breadth }, -most), most)
        let ofHalo = logEven(halo, error: haloError) - logExponential(halo, mean: 0.04, error: haloError)
        let ofScatter = logLognormal(ratio, center: 3, factor: 2) - logLognormal(ratio, center: 1, factor: 1.6)
        let ofTurn = log(even) - logNormal(bend.turn, deviation: turn) - log(2)
        return ofBreadth + ofHalo + ofScatter + ofTurn
    }

    /// Scatter of a meteor's place besides that of noise, in pixels: its wake, fragments, and the blocks of video.
    private static let wake = 0.5

    /// Greatest weight of the breadth, as the logarithm of a likelihood ratio: four hundred to one.
    private static let greatestBreadth = 6.0
    /// Least error of a mean halo: stars, cloud and the wings of the point spread.
    private static let leastHaloError = 0.02

    /// An exponential distribution blurred by a normal one.
    private func logExponential(_ x: Double, mean: Double, error: Double) -> Double {
        let shift = error / mean - x / error
        return -log(mean) + 0.5 * error * error / (mean * mean) - x / mean + logUpperTail(shift)
    }

    /// An even distribution from 0 to 1 blurred by a normal one.
    private func logEven(_ x: Double, error: Double) -> Double {
        let inside = 0.5 * (erf((1 - x) / (error * 2.0.squareRoot())) + erf(x / (error * 2.0.squareRoot())))
        return log(max(inside, 1e-12))
    }

    /// ln of the probability that a standard normal number exceeds z.
    private func logUpperTail(_ z: Double) -> Double {
        // Far out erfc underflows; there the tail is φ(z) / z.
        z < 20 ? log(0.5 * erfc(z / 2.0.squareRoot())) : -0.5 * z * z - log(z * (2 * .pi).squareRoot())
    }

    private func logNormal(_ x: Double, deviation: Double) -> Double {
        -0.5 * x * x / (deviation * deviation) - log(deviation * (2 * .pi).squareRoot())
    }

    private func logLognormal(_ x: Double, center: Double, factor: Double) -> Double {
        logNormal(log(x / center), deviation: log(factor))
    }
}
