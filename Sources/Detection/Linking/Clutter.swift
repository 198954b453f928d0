// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How densely meaningless spots lie in each part of the frame, and what that makes of a track.
///
/// Meaningless spots line up by chance. How often is a matter of their density, which compression, clouds and
/// twinkling stars raise by orders of magnitude, and mostly in a part of the frame only.
struct Clutter {
    private static let cell = 32
    /// Frames over which the density is averaged.
    private static let memory = 64.0

    private let columns: Int
    private let rows: Int
    private var counts: [Double]
    private var total = 0.0
    private var frames = 0.0

    init(width: Int, height: Int) {
        columns = (width + Clutter.cell - 1) / Clutter.cell
        rows = (height + Clutter.cell - 1) / Clutter.cell
        counts = [Double](repeating: 0, count: columns * rows)
    }

    /// Takes the places of a frame's spots that no moving track owns.
    mutating func update(_ places: [SIMD2<Double>]) {
        frames = min(frames + 1, Clutter.memory)
        let keep = 1 - 1 / frames
        for index in counts.indices { counts[index] *= keep }
        total *= keep
        for place in places {
            counts[index(place)] += 1 / frames
            total += 1 / frames
        }
    }

    /// Natural logarithm of the number of tracks as good as this one that chance makes in a frame.
    ///
    /// - Parameters:
    ///   - track: of at least three spots.
    ///   - threshold: signal to noise from which on spots are candidates.
    /// - Returns: ln of spots × Π λ A × Π (τ / s)², where λ is the density of spots a pixel and frame around the
    ///   track, A the area in which the next spot had to lie: the circle of the seed's reach for the second, of the
    ///   track's scatter for the others.
    ///
    /// Notes: the second power is the tail of clutter in real video, which is far heavier than Gauss's.
    /// Reference: Desolneux, A., Moisan, L., Morel, J.-M. (2000), *Meaningful alignments*, IJCV 40, 7.
    func logFalseTracks(_ track: MovingTrack, threshold: Double) -> Double {
        guard let fit = track.fit, track.points.count >= 3 else { return 0 }
        let density = max(self.density(along: track), 0.1 / Double(counts.count * Clutter.cell * Clutter.cell))
        let scatter = max(fit.rms, 0.5)
        let seedArea = Double.pi * MotionLinker.fastest * MotionLinker.fastest * 4
        let area = Double.pi * 4 * scatter * scatter
        var sum = log(max(total, 0.1)) + min(log(density * seedArea), 0)
        sum += Double(track.points.count - 2) * min(log(density * area), 0)
        for point in track.points { sum -= 2 * log(max(point.statistic / threshold, 1)) }
        return sum
    }

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
        return max(sum / count - ownDensity, total / Double(counts.count * Clutter.cell * Clutter.cell))
    }

    private func index(_ place: SIMD2<Double>) -> Int {
        let column = min(max(Int(place.x) / Clutter.cell, 0), columns - 1)
        let row = min(max(Int(place.y) / Clutter.cell, 0), rows - 1)
        return row * columns + column
    }
}
