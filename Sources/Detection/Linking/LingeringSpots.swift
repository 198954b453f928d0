// SPDX-License-Identifier: Apache-2.0

/// How often a meaningless spot is followed by another close by in the next frame.
///
/// Noise forgets; the blocks of compressed video, stars at the threshold and drifting edges linger or creep, and
/// make slow tracks that no formula for independent spots expects.
struct LingeringSpots {
    /// Spots over which is averaged.
    private static let memory = 1000.0
    /// Rings around a spot, one pixel wide each.
    private static let rings = 8

    private var spots = 10.0
    /// Number of followers in each ring, beyond those that their density explains.
    private var followers = [Double](repeating: 0, count: LingeringSpots.rings)
    private var previous: [SIMD2<Double>] = []

    /// Takes a frame's meaningless spots and their density.
    mutating func update(_ candidates: [Candidate], density: Double) {
        for candidate in candidates {
            age()
            for place in previous { count(MovingTrack.distance(place, candidate.place), weight: 1) }
            let expected = Double(previous.isEmpty ? 0 : 1) * density
            for ring in followers.indices { followers[ring] -= expected * LingeringSpots.area(ring) }
        }
        previous = candidates.map(\.place)
    }

    /// Takes the spots of a track that turned out to be nothing.
    mutating func reject(_ track: MovingTrack) {
        for (point, next) in zip(track.points, track.points.dropFirst()) {
            age()
            let frames = Double(next.frame - point.frame)
            count(MovingTrack.distance(point.place, next.place) / frames, weight: 1)
        }
    }

    /// Probability that a spot is followed by another that belongs to it, at a distance, in a given area.
    func probability(distance: Double, area: Double) -> Double {
        guard distance < Double(LingeringSpots.rings) else { return 0 }
        let ring = Int(distance)
        let share = max(followers[ring], 0) / spots
        let all = followers.reduce(0) { $0 + max($1, 0) } / spots
        return min(share * area / LingeringSpots.area(ring), all, 1)
    }

    private mutating func age() {
        guard spots >= LingeringSpots.memory else { return spots += 1 }
        for ring in followers.indices { followers[ring] *= 1 - 1 / LingeringSpots.memory }
    }

    private mutating func count(_ distance: Double, weight: Double) {
        guard distance < Double(LingeringSpots.rings) else { return }
        followers[Int(distance)] += weight
    }

    /// Area of a ring in pixels.
    private static func area(_ ring: Int) -> Double { .pi * Double(2 * ring + 1) }
}
