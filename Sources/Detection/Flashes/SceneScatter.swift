// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How much the scene itself scatters at the scale of a point spread, in the very frames of an event: cloud that the
/// local gain does not follow, errors of registration, pixels of unequal sensitivity.
///
/// Method: the frames are stacked with the event's weights and filtered with its point spread, at all places around
/// it. What the filter gives there, at places of the same brightness, is what it would give here without an event.
struct SceneScatter {
    /// Pixels to either side of the event that are looked at.
    private static let reach = 20
    /// Places that are no more and no less noisy than that of the event by this factor are as bright.
    private static let likeness = 1.4
    /// Independent places without which nothing is said.
    private static let leastPlaces = 8.0

    /// Width of the filter's output around an event over that of the pixels' noise alone, at least 1; 1 if there is
    /// nothing like its place around it.
    ///
    /// - Parameters:
    ///   - place: of the event, in pixels of the scene.
    ///   - sigma: standard deviation of the point spread, in pixels.
    ///   - frames: with the light of the event.
    static func width(
        at place: SIMD2<Double>, sigma: Double, frames: [FlashPhotometry.WeightedFrame], history: FrameHistory,
        background: BackgroundModel
    ) -> Double {
        let map = StackedMap(
            around: place, radius: reach + Int((2.5 * sigma).rounded(.up)), frames: frames, history: history,
            background: background)
        let own = background.deviation(near: Int(place.x.rounded()), Int(place.y.rounded()))
        let inner = 3.2 * sigma + 1
        var scores: [Float] = []
        for j in -reach...reach {
            for i in -reach...reach where Double(i * i + j * j) >= inner * inner {
                guard let deviation = map.deviation(i, j), deviation < likeness * own, deviation > own / likeness,
                    let score = map.score(i, j, sigma: sigma)
                else { continue }
                scores.append(Float(score))
            }
        }
        // Neighbouring outputs are one: the filter's output is independent every 4π s² pixels.
        let independent = Double(scores.count) / (4 * .pi * sigma * sigma)
        guard independent >= leastPlaces else { return 1 }
        let (mean, spread) = RobustScale.clippedMeanAndSigma(&scores, count: scores.count)
        let width = Double(mean * mean + spread * spread).squareRoot()
        // Only what exceeds its own standard error counts.
        return max(1, width * (1 - 1.2 / (2 * independent).squareRoot()))
    }

    /// The weighted mean of frames around a place, read between their pixels, with the background taken off.
    private struct StackedMap {
        private let radius: Int
        private let left: Int
        private let top: Int
        private let background: BackgroundModel
        private var differences: [Float]
        /// Standard deviation of the mean over that of a frame.
        private var noise = 1.0

        init(
            around place: SIMD2<Double>, radius: Int, frames: [FlashPhotometry.WeightedFrame], history: FrameHistory,
            background: BackgroundModel
        ) {
            self.radius = radius
            self.background = background
            left = Int(place.x.rounded()) - radius
            top = Int(place.y.rounded()) - radius
            let side = 2 * radius + 1
            differences = [Float](repeating: 0, count: side * side)
            var weights = 0.0
            var squares = 0.0
            for part in frames where part.weight > 0 {
                guard let entry = history.entry(ofFrame: part.frame) else { continue }
                let scores = SceneDifference(entry: entry, background: background)
                let weight = Float(part.weight)
                scores.forEach(left: left, top: top, side: side) { index, difference in
                    differences[index] += weight * difference
                }
                weights += part.weight
                squares += part.weight * part.weight
            }
            guard weights > 0 else { return }
            for index in differences.indices { differences[index] /= Float(weights) }
            noise = squares.squareRoot() / weights
        }

        /// Standard deviation of a pixel of one frame, in ADU; nil outside the scene.
        func deviation(_ i: Int, _ j: Int) -> Double? {
            let x = left + radius + i
            let y = top + radius + j
            guard x >= 0, y >= 0, x < background.format.width, y < background.format.height else { return nil }
            return Double(background.deviation[x, y])
        }

        /// Output of the matched filter at a place, in its standard deviations; nil too near to the scene's edge.
        func score(_ i: Int, _ j: Int, sigma: Double) -> Double? {
            let margin = Int((2.5 * sigma).rounded(.up))
            guard deviation(i - margin, j - margin) != nil, deviation(i + margin, j + margin) != nil else { return nil }
            var signal = 0.0
            var weight = 0.0
            for v in -margin...margin {
                for u in -margin...margin {
                    guard let deviation = deviation(i + u, j + v) else { continue }
                    let p = exp(-0.5 * Double(u * u + v * v) / (sigma * sigma)) / deviation
                    let index = (j + v + radius) * (2 * radius + 1) + i + u + radius
                    signal += p * Double(differences[index]) / deviation
                    weight += p * p
                }
            }
            return weight > 0 ? signal / (weight.squareRoot() * noise) : nil
        }
    }
}
