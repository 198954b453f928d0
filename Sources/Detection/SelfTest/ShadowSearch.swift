// SPDX-License-Identifier: Apache-2.0

import Camera

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The state that a detector searches a frame with, as the self-test borrows it. Nothing of it is changed.
struct ShadowSearch {
    /// How the frame lies against the background.
    var alignment: SceneAlignment
    var background: BackgroundModel
    /// Widths of the matched filters' point spreads, in pixels.
    var sigmas: [Double]
    /// The exact test, a copy.
    var test: CandidateTest
    /// Threshold for candidates, in standard deviations.
    var candidateThreshold: Double
    /// Signal to noise that a found flash must have.
    var goalThreshold: Double
    /// Width by which the output of the filter of a width is divided at a pixel of the scene.
    var outputWidth: (_ sigma: Double, _ column: Int, _ row: Int) -> Double
    /// True if spots at a place of the scene say nothing.
    var isVetoed: (_ place: SIMD2<Double>) -> Bool

    /// True if a flash at a place of the scene is found in a frame that holds it.
    ///
    /// Method: the background's prediction is taken off the surroundings, they are filtered with each point spread,
    /// the greatest output within two pixels is tested exactly; then come thresholds and vetoes.
    func finds(_ flash: SyntheticFlash, in frame: Frame) -> Bool {
        let (columns, rows) = alignment.whole
        let column = Int(flash.place.x.rounded()) - columns
        let row = Int(flash.place.y.rounded()) - rows
        let format = background.format
        guard (0..<format.width).contains(column), (0..<format.height).contains(row) else { return false }
        var patch = Patch()
        patch.load(column: column, row: row, frame: frame, background: background, alignment: alignment)
        let peaks = sigmas.compactMap { strongestPeak(patch, sigma: $0) }
        var test = test
        let candidates = test.singleFrame(
            peaks, frame: frame, alignment: alignment, background: background, threshold: candidateThreshold,
            limit: peaks.count)
        let place = flash.place - alignment.displacement
        return candidates.contains { candidate in
            let distance = candidate.place - place
            return candidate.statistic >= goalThreshold && (distance * distance).sum() <= 9
                && !isVetoed(candidate.place)
        }
    }

    /// The greatest output of a filter within two pixels of the middle of a patch; nil if it is below the threshold.
    private func strongestPeak(_ patch: Patch, sigma: Double) -> SpotPeak? {
        let search = 2
        let reach = Patch.radius - search
        let weights = (-reach...reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let norm = weights.reduce(0) { $0 + $1 * $1 }
        var best: SpotPeak?
        for j in -search...search {
            for i in -search...search {
                var output = 0.0
                for v in -reach...reach {
                    for u in -reach...reach {
                        output += weights[u + reach] * weights[v + reach] * patch.score(i + u, j + v)
                    }
                }
                let column = patch.column + i
                let row = patch.row + j
                guard (0..<background.format.width).contains(column), (0..<background.format.height).contains(row)
                else { continue }
                let statistic = output / norm / max(outputWidth(sigma, column, row), 1)
                guard statistic > best?.statistic ?? CandidateTest.firstThresholdShare * candidateThreshold else {
                    continue
                }
                best = SpotPeak(
                    column: column, row: row, offset: .zero, statistic: statistic, sigma: sigma, frames: 1)
            }
        }
        return best
    }
}
