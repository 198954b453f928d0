// SPDX-License-Identifier: Apache-2.0

/// What the ring around a spot says: is the background model right here?
struct Surroundings {
    /// Level of the ring in ADU; 0 unless it is significant.
    var level: Double
    /// The same, significant or not, and its standard error; the error is infinite if too few pixels tell.
    var mean = 0.0
    var meanError = Double.infinity
    /// Width of the ring's scores, at least 1.
    var width: Double

    /// Measures the pixels at least `inner` pixels from the middle of a patch.
    init(_ patch: Patch, inner: Double) {
        var differences = [Float]()
        var scores = [Float]()
        differences.reserveCapacity(Patch.side * Patch.side)
        scores.reserveCapacity(Patch.side * Patch.side)
        for j in -Patch.radius...Patch.radius {
            for i in -Patch.radius...Patch.radius
            where Double(i * i + j * j) >= inner * inner && patch.deviation[Patch.index(i, j)].isFinite {
                differences.append(patch.difference[Patch.index(i, j)])
                scores.append(Float(patch.score(i, j)))
            }
        }
        let count = differences.count
        guard count >= 16 else {
            level = 0
            width = 1
            return
        }
        let (mean, sigma) = RobustScale.clippedMeanAndSigma(&differences, count: count)
        let error = sigma / Float(count).squareRoot()
        let doubt = 3 * error
        level = mean > doubt ? Double(mean) : Double(min(mean + doubt, 0))
        self.mean = Double(mean)
        meanError = Double(error)
        let scoreSigma = RobustScale.clippedMeanAndSigma(&scores, count: count).sigma
        // A lucky ring must not hide a flash: only what exceeds its own standard error counts.
        width = max(1, Double(scoreSigma) * (1 - 1.2 / Double(count).squareRoot()))
    }
}
