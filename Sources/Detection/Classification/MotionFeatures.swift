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

    /// True if short flashes much brighter than the rest come at a period of a strobe: three of them, or two of a
    /// track that lasts longer than nearly all meteors.
    var blinks: Bool {
        let fluxes = points.map(\.flux).sorted()
        guard fluxes.count >= 8, let first = points.first, let last = points.last else { return false }
        let median = fluxes[fluxes.count / 2]
        var flashes: [(first: Int, last: Int)] = []
        for point in points where point.flux > 2.5 * median {
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
    /// Three features are taken as independent; each has a distribution for either kind.
    /// - The level around the spots over their height: 0 for a point of light but for a few hundredths in haze,
    ///   anything up to 1 for a blob. Exponential of mean 0.04, and even.
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
        let noise = weak.reduce(0) { $0 + $1.placeError * $1.placeError } / Double(weak.count)
        let error = (noise + MotionFeatures.wake * MotionFeatures.wake).squareRoot()
        let limit = 2 * bend.length / Double(width)
        let turn = (0.25 * limit * limit + bend.turnError * bend.turnError).squareRoot()
        let even = 1 / max(1, 2 * bend.turnError)
        // Less scatter than the error is luck and says no more than as much.
        let ratio = max(bend.scatter / error, 1)
        return -logExponential(halo, mean: 0.04)
            + logLognormal(ratio, center: 3, factor: 2) - logLognormal(ratio, center: 1, factor: 1.6)
            + log(even) - logNormal(bend.turn, deviation: turn) - log(2)
    }

    /// Scatter of a meteor's place besides that of noise, in pixels: its wake, fragments, and the blocks of video.
    private static let wake = 0.5

    private func logExponential(_ x: Double, mean: Double) -> Double { -log(mean) - x / mean }

    private func logNormal(_ x: Double, deviation: Double) -> Double {
        -0.5 * x * x / (deviation * deviation) - log(deviation * (2 * .pi).squareRoot())
    }

    private func logLognormal(_ x: Double, center: Double, factor: Double) -> Double {
        logNormal(log(x / center), deviation: log(factor))
    }
}
