// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What meaningless spots are like at the moment, and how often chance makes a track of them.
///
/// Three things are measured, from past frames only: how densely the spots lie in each part of the frame, how fast
/// their number falls with strength, and how often one is followed by another close by. Gaussian noise is thin,
/// falls steeply and forgets at once; compression, clouds and twinkling stars are none of that.
struct Clutter {
    private static let cell = 32
    /// Frames over which the density is averaged.
    private static let memory = 64.0

    private let columns: Int
    private let rows: Int
    private var counts: [Double]
    private var total = 0.0
    private var frames = 0.0
    private var tail = ClutterTail()
    private var lingering = LingeringSpots()

    init(width: Int, height: Int) {
        columns = (width + Clutter.cell - 1) / Clutter.cell
        rows = (height + Clutter.cell - 1) / Clutter.cell
        counts = [Double](repeating: 0, count: columns * rows)
    }

    /// Takes a frame's spots that no moving track owns.
    ///
    /// - Parameters:
    ///   - threshold: signal to noise from which on spots are candidates.
    ///   - isRestless: tells which spots, of this frame or some before, lie at places that are known for them.
    mutating func update(_ spots: [Candidate], threshold: Double, isRestless: (Candidate) -> Bool) {
        frames = min(frames + 1, Clutter.memory)
        let keep = 1 - 1 / frames
        for index in counts.indices { counts[index] *= keep }
        total *= keep
        for spot in spots {
            counts[index(spot.place)] += 1 / frames
            total += 1 / frames
        }
        tail.update(spots, threshold: threshold)
        lingering.update(spots, threshold: threshold, density: meanDensity, isRestless: isRestless)
    }

    /// Takes back the spots of a track that turned out to be nothing.
    mutating func reject(_ track: MovingTrack, threshold: Double) { lingering.reject(track, threshold: threshold) }

    /// Natural logarithm of the number of tracks as good as this one that chance makes in a frame.
    ///
    /// - Parameters:
    ///   - track: of at least three spots.
    ///   - threshold: signal to noise from which on spots are candidates.
    /// - Returns: ln of Λ · λ S · C(n − 2, k − 2) · (p^(k − 2) · Q + L).
    ///
    /// Notes: Λ is the number of meaningless spots in a frame and λ their density around the track; S is the area in
    /// which the second spot of a track may lie. The other k − 2 come in any of n − 2 frames, within twice the scatter of the
    /// track, along and across, from where those before let expect them. Either they are independent: each lies
    /// there with the probability p = λ times that area, and Q is the probability that all are that strong. Or they
    /// are one spot that lingers, with the probability L.
    ///
    /// Reference: Desolneux, A., Moisan, L., Morel, J.-M. (2000), *Meaningful alignments*, IJCV 40, 7, for counting
    /// chance alignments this way.
    func logFalseTracks(_ track: MovingTrack, threshold: Double) -> Double {
        let count = track.points.count
        guard count >= 3, let fit = track.fit else { return 0 }
        let density = max(self.density(along: track), 0.1 / Double(counts.count * Clutter.cell * Clutter.cell))
        let reach = 2 * track.scatter.replacing(with: 0.5, where: track.scatter .< 0.5)
        let area = Double.pi * reach.x * reach.y
        let steps = Double(count - 2)
        let frames = Double(max(track.lastFrame - track.firstFrame - 1, count - 2))
        let pairs = log(max(total, 0.1)) + log(density * MotionLinker.seedArea)
        let choices = lgamma(frames + 1) - lgamma(steps + 1) - lgamma(frames - steps + 1)
        let independent =
            steps * log(min(density * area, 1)) + tail.logProbability(of: track.points, threshold: threshold)
        let lingers = lingering.logProbability(of: track, speed: fit.speed, area: area, threshold: threshold)
        let larger = max(independent, lingers)
        return pairs + choices + larger + log1p(exp(min(independent, lingers) - larger))
    }

    /// Spots a pixel and frame in the whole frame.
    private var meanDensity: Double { total / Double(counts.count * Clutter.cell * Clutter.cell) }

    /// Spots a pixel and frame around a track, its own not counted.
    private func density(along track: MovingTrack) -> Double {
        var sum = 0.0
        var own = 0.0
        var age = 0.0
        guard let last = track.points.last else { return 0 }
        for point in track.points {
            let column = Int(point.place.x) / Clutter.cell
            let row = Int(point.place.y) / Clutter.cell
            var around = 0.0
            var cells = 0.0
            for y in max(row - 1, 0)...max(min(row + 1, rows - 1), 0) where y < rows {
                for x in max(column - 1, 0)...max(min(column + 1, columns - 1), 0) where x < columns {
                    around += counts[y * columns + x]
                    cells += 1
                }
            }
            if cells > 0 { sum += around / (cells * Double(Clutter.cell * Clutter.cell)) }
            age = Double(last.frame - point.frame)
            own += age < Clutter.memory ? 1 / max(frames, 1) : 0
        }
        let count = Double(track.points.count)
        let ownDensity = min(own, 4 / max(frames, 1)) / (9 * Double(Clutter.cell * Clutter.cell))
        return max(sum / count - ownDensity, meanDensity)
    }

    private func index(_ place: SIMD2<Double>) -> Int {
        let column = min(max(Int(place.x) / Clutter.cell, 0), columns - 1)
        let row = min(max(Int(place.y) / Clutter.cell, 0), rows - 1)
        return row * columns + column
    }
}
