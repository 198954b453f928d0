// SPDX-License-Identifier: Apache-2.0

import Camera

/// The exact test of peaks: true point spread at the sub-pixel place, the pixels' own noise, and the surroundings.
struct CandidateTest {
    private let sigmas: [Double]
    private var patch = Patch()
    private var nextIdentifier = 0
    /// A spot so strong that its own glare fills the ring around it is not judged by the ring.
    static let glare = 25.0
    /// Share of the threshold from which on peaks of the filters are worth the exact test: what a filter of another
    /// width and a place between pixels may lose.
    static let firstThresholdShare = 0.92
    /// Weights that correlate by 0.97 differ by 0.25 σ; at a statistic of 5 and more that is 5 %.
    private static let filterMismatch = 0.05

    private let wanders: Bool

    /// - Parameters:
    ///   - sigmas: widths that the point spread may have, in pixels.
    ///   - wanders: whether frames are registered, so that edges of the scene are uncertain.
    init(sigmas: [Double], wanders: Bool) {
        self.sigmas = sigmas
        self.wanders = wanders
    }

    /// Tests the peaks of a frame.
    ///
    /// - Parameters:
    ///   - peaks: of all filters over single frames, in any order.
    ///   - limit: most candidates returned.
    /// - Returns: candidates of at least `threshold`, strongest first, none within the glare of a stronger one.
    mutating func singleFrame(
        _ peaks: [SpotPeak], frame: Frame, alignment: SceneAlignment, background: BackgroundModel, threshold: Double,
        limit: Int
    ) -> [Candidate] {
        var accepted: [Candidate] = []
        for peak in peaks.sorted(by: { $0.statistic > $1.statistic }) {
            guard accepted.count < limit else { break }
            let place = SIMD2(Double(peak.column), Double(peak.row)) + peak.offset - alignment.fraction
            guard !CandidateTest.isCovered(place, by: accepted) else { continue }
            patch.load(
                column: peak.column, row: peak.row, frame: frame, background: background, alignment: alignment)
            let surroundings = Surroundings(patch, inner: 3.2 * peak.sigma + 1)
            let isGlaring = peak.statistic >= CandidateTest.glare
            let level = isGlaring ? 0 : surroundings.level
            let fit = PointSpreadFit.fit(patch, level: level, start: peak.offset, sigmas: sigmas)
            // What the filter's output was divided by holds for the fit as well. The filter's weights are not quite
            // those of the point spread, so that a part of the noise differs: a ratio within that says nothing.
            let filtered = PointSpreadFit.measure(patch, level: 0, offset: .zero, sigma: peak.sigma)
            let ratio = isGlaring ? 1 : filtered.signalToNoise / peak.statistic
            // All of them measure the same noise: the widest holds.
            let edge = wanders ? background.edgeFactor(at: place, sigma: fit.sigma) : 1
            let width = max(isGlaring ? 1 : surroundings.width, ratio - CandidateTest.filterMismatch, edge)
            let statistic = isGlaring ? max(fit.signalToNoise, peak.statistic) / width : fit.signalToNoise / width
            guard statistic >= threshold else { continue }
            nextIdentifier += 1
            let halo = fit.halo(surroundings, level: level)
            let center = isGlaring ? CandidateTest.centroid(patch, start: fit.offset) : fit.offset
            accepted.append(
                Candidate(
                    identifier: nextIdentifier, frame: frame.index, frames: 1,
                    place: SIMD2(Double(peak.column), Double(peak.row)) + center - alignment.fraction,
                    placeError: max(0.03, fit.placeError * width), statistic: statistic, sigma: fit.sigma,
                    flux: fit.flux, fluxError: fit.fluxError * width,
                    isSaturated: patch.saturated[Patch.index(0, 0)], noiseWidth: width, halo: halo.value,
                    haloError: halo.error,
                    breadth: wanders ? 0 : CandidateTest.breadth(patch, fit, level) / (width * width)))
        }
        return accepted
    }

    /// Width of a blob that is no picture of a point, and the greatest width of one that is, in pixels. A streak of a
    /// point is narrow across and looks more like the latter.
    private static let blobSigma = 3.5
    private static let widestPoint = 2.0

    /// By how much a blob explains a spot better than a point does.
    private static func breadth(_ patch: Patch, _ fit: PointSpreadFit, _ level: Double) -> Double {
        func square(_ sigma: Double) -> Double {
            let score = PointSpreadFit.measure(patch, level: level, offset: fit.offset, sigma: sigma).signalToNoise
            return score * abs(score)
        }
        return square(blobSigma) - max(square(widestPoint), square(fit.sigma))
    }

    /// Takes peaks of sums over several frames as they are; their exact measurement needs the frames' light curve.
    mutating func summed(
        _ peaks: [SpotPeak], frame: Frame, alignment: SceneAlignment, background: BackgroundModel, threshold: Double,
        limit: Int
    ) -> [Candidate] {
        var accepted: [Candidate] = []
        for peak in peaks.sorted(by: { $0.statistic > $1.statistic }) where peak.statistic >= threshold {
            guard accepted.count < limit else { break }
            let place = SIMD2(Double(peak.column), Double(peak.row)) + peak.offset - alignment.fraction
            guard !CandidateTest.isCovered(place, by: accepted) else { continue }
            let edge = wanders ? background.edgeFactor(at: place, sigma: peak.sigma) : 1
            let statistic = peak.statistic / edge
            guard statistic >= threshold else { continue }
            nextIdentifier += 1
            accepted.append(
                Candidate(
                    identifier: nextIdentifier, frame: frame.index, frames: peak.frames, place: place,
                    placeError: peak.sigma / statistic, statistic: statistic, sigma: peak.sigma, flux: 0,
                    fluxError: 0, isSaturated: false))
        }
        return accepted
    }

    /// True if a place lies in the glare of a stronger candidate: several maxima of one blob are one spot.
    private static func isCovered(_ place: SIMD2<Double>, by accepted: [Candidate]) -> Bool {
        accepted.contains { candidate in
            let radius = 3 + min(12, candidate.statistic / 15)
            let distance = candidate.place - place
            return (distance * distance).sum() < radius * radius
        }
    }

    /// Centre of the light of a bright blob, which a point spread does not fit.
    private static func centroid(_ patch: Patch, start: SIMD2<Double>) -> SIMD2<Double> {
        var center = start
        for _ in 0..<3 {
            var sum = SIMD2<Double>.zero
            var weight = 0.0
            for j in -Patch.radius...Patch.radius {
                for i in -Patch.radius...Patch.radius {
                    let pixel = SIMD2(Double(i), Double(j))
                    let distance = pixel - center
                    guard (distance * distance).sum() <= 25, patch.score(i, j) > 3 else { continue }
                    let flux = Double(patch.difference[Patch.index(i, j)])
                    sum += flux * pixel
                    weight += flux
                }
            }
            guard weight > 0 else { break }
            center = sum / weight
        }
        return center
    }
}
