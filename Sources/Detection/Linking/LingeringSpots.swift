// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How often a meaningless spot is followed by another close by in the next frame, and how strong such pairs are.
///
/// Noise forgets; the blocks of compressed video, stars at the threshold and drifting edges linger or creep, and
/// make slow tracks that no formula for independent spots expects. What lingers at one place for long is restless and
/// begins no tracks; it does not count here.
struct LingeringSpots {
    /// Spots over which is averaged.
    private static let memory = 1000.0
    /// Rings around a spot, one pixel wide each.
    private static let rings = 8
    /// Frames after which a place that spots come back to is known to be restless.
    private static let delay = 24
    /// What is assumed before pairs were seen: as many spots, of which as many were followed in each ring, and the
    /// mean excess of the weaker one over the threshold. That of compressed video.
    private static let priorSpots = 10.0
    private static let priorFollowers = [1.5, 0.5, 0.25, 0.25, 0, 0, 0, 0]
    private static let priorExcess = 0.4

    private var spots = LingeringSpots.priorSpots
    /// Number of followers in each ring, beyond those that their density explains.
    private var followers = LingeringSpots.priorFollowers
    /// Number of pairs, and the sum of s / τ - 1 of the weaker spot of each.
    private var pairs = LingeringSpots.priorFollowers.reduce(0, +)
    private var excess = LingeringSpots.priorExcess * LingeringSpots.priorFollowers.reduce(0, +)
    private var recent: [[Candidate]] = []

    /// Takes a frame's meaningless spots and their density; they count when it is known which of them are restless.
    mutating func update(
        _ candidates: [Candidate], threshold: Double, density: Double, isRestless: (Candidate) -> Bool
    ) {
        recent.append(candidates)
        guard recent.count > LingeringSpots.delay else { return }
        let earlier = recent.removeFirst()
        for candidate in recent[0] where !isRestless(candidate) {
            age()
            for other in earlier { count(other, candidate, threshold: threshold) }
            for ring in followers.indices { followers[ring] -= density * LingeringSpots.area(ring) }
        }
    }

    /// Takes the spots of a track that turned out to be nothing.
    mutating func reject(_ track: MovingTrack, threshold: Double) {
        for (point, next) in zip(track.points, track.points.dropFirst()) where next.frame == point.frame + 1 {
            age()
            count(point, next, threshold: threshold)
        }
    }

    /// Natural logarithm of the probability that a track is a spot that lingers.
    ///
    /// - Parameter area: in which each further spot of the track had to lie.
    /// - Returns: k − 2 times ln of the probability that a spot is followed in such an area at the distance that the
    ///   track covers in a frame, less the strength of the second strongest spot in units of the measured mean:
    ///   what lingers keeps its strength, which therefore counts once.
    func logProbability(of track: MovingTrack, speed: Double, area: Double, threshold: Double) -> Double {
        guard speed < Double(LingeringSpots.rings) else { return -.infinity }
        let all = followers.reduce(0) { $0 + max($1, 0) } / spots
        let near = max(followers[Int(speed)], 0) / spots * area / LingeringSpots.area(Int(speed))
        let follows = max(min(near, all, 1), 1e-9)
        let mean = pairs > 0 ? excess / pairs : LingeringSpots.priorExcess
        let strengths = track.points.map { max($0.statistic / threshold - 1, 0) }.sorted()
        let second = strengths.dropLast().last ?? 0
        return Double(track.points.count - 2) * log(follows) - second / max(mean, 1 / (threshold * threshold))
    }

    private mutating func age() {
        guard spots >= LingeringSpots.memory else { return spots += 1 }
        let keep = 1 - 1 / LingeringSpots.memory
        for ring in followers.indices { followers[ring] *= keep }
        pairs *= keep
        excess *= keep
    }

    private mutating func count(_ first: Candidate, _ second: Candidate, threshold: Double) {
        let distance = MovingTrack.distance(first.place, second.place)
        guard distance < Double(LingeringSpots.rings) else { return }
        followers[Int(distance)] += 1
        pairs += 1
        excess += max(min(first.statistic, second.statistic) / threshold - 1, 0)
    }

    /// Area of a ring in pixels.
    private static func area(_ ring: Int) -> Double { .pi * Double(2 * ring + 1) }
}
