// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// From the spots of successive frames to the motions that are over: linking, the test against chance, and joining
/// of parts.
struct MotionWatch {
    private var linker = MotionLinker()
    private var merger: TrackMerger
    private var clutter: Clutter
    /// Places where spots appear again and again.
    private(set) var restless: RestlessCells
    private var path: PathMemory
    /// Credible tracks that ended lately; they tell what else belongs to a motion.
    private var endedTracks: [MovingTrack] = []

    /// Natural logarithm of the number of chance tracks a frame that is accepted.
    private let acceptedFalseTracks: Double
    /// Part of the accepted false alarms that tracks may make: a tenth, and a third of that because chance makes up
    /// to three times as many tracks of pure noise as `Clutter` counts.
    private static let share = 1.0 / 30
    /// Spots at either end of a track that may be left out.
    private static let trimmedSpots = 2
    /// Spots that are linked in a frame that is flooded with them.
    private static let floodLimit = 10
    /// Frames for which ended tracks are remembered.
    private static let memory = 128

    init(width: Int, height: Int, framesPerSecond: Double, falseAlarmsPerHour: Double) {
        acceptedFalseTracks = log(MotionWatch.share * falseAlarmsPerHour / (3600 * framesPerSecond))
        // An alert may come a second late. Most strobes have come again by then.
        merger = TrackMerger(patience: max(3, Int(0.98 * framesPerSecond)))
        path = PathMemory(framesPerSecond: framesPerSecond)
        clutter = Clutter(width: width, height: height)
        restless = RestlessCells(width: width, height: height)
    }

    /// Takes the spots of a frame.
    ///
    /// - Parameters:
    ///   - candidates: strongest first.
    ///   - threshold: signal to noise from which on spots are candidates.
    ///   - isFlooded: whether there are far more of them than usual.
    /// - Returns: motions that are over, and the spots that no moving track owns.
    mutating func advance(
        frame: Int, candidates: [Candidate], threshold: Double, isFlooded: Bool
    ) -> (ended: [MovingTrack], free: [Candidate]) {
        let strong = isFlooded ? Array(candidates.prefix(MotionWatch.floodLimit)) : candidates
        let restless = restless
        func isRestless(_ spot: Candidate) -> Bool { restless.isRestless(spot.place, frame: frame) }
        let (paths, owned) = linker.advance(frame: frame, candidates: strong) { !isRestless($0) }
        let free = candidates.filter { !owned.contains($0.identifier) }
        path.append(candidates, frame: frame)
        clutter.update(free, threshold: threshold, isRestless: isRestless)
        for candidate in free { self.restless.note(candidate.place, frame: frame) }
        let credible = believe(paths, threshold: threshold)
        endedTracks.append(contentsOf: credible)
        endedTracks.removeAll { frame - $0.lastFrame > MotionWatch.memory }
        let over = merger.advance(frame: frame, ended: credible, growing: linker.tracks)
        return (over.map { path.marked($0, threshold: threshold) }, free)
    }

    /// Ends all motions.
    mutating func finish(threshold: Double) -> [MovingTrack] {
        let credible = believe(linker.finish(), threshold: threshold)
        endedTracks.append(contentsOf: credible)
        return merger.finish(ended: credible).map { path.marked($0, threshold: threshold) }
    }

    /// Forgets the tracks; the places of the scene have moved.
    mutating func restart() {
        linker.restart()
        endedTracks.removeAll()
    }

    /// Tracks that grow and credible ones that ended lately.
    var tracks: [MovingTrack] { linker.tracks + endedTracks }

    /// Of paths that share spots the one that chance explains worst, if chance hardly makes such a path at all.
    private mutating func believe(_ tracks: [MovingTrack], threshold: Double) -> [MovingTrack] {
        let judged = tracks.compactMap { trimmed($0, threshold: threshold) }
        guard !judged.isEmpty else { return [] }
        var taken = linker.ownedSpots
        var believed: [MovingTrack] = []
        for (path, chance) in judged.sorted(by: { $0.chance < $1.chance })
        where taken.isDisjoint(with: path.points.lazy.map(\.identifier)) {
            taken.formUnion(path.points.map(\.identifier))
            if chance < acceptedFalseTracks {
                believed.append(path)
            } else {
                clutter.reject(path, threshold: threshold)
            }
        }
        return believed
    }

    /// The part of a track that chance explains worst: a hypothesis may begin or end with a spot of the noise. Nil if
    /// nothing of it forms a path.
    private func trimmed(_ track: MovingTrack, threshold: Double) -> (path: MovingTrack, chance: Double)? {
        var best: (path: MovingTrack, chance: Double)?
        for first in 0...MotionWatch.trimmedSpots {
            for last in 0...MotionWatch.trimmedSpots where track.points.count - first - last >= 3 {
                let points = track.points.dropFirst(first).dropLast(last)
                guard let part = MovingTrack(points: Array(points)), part.isPath else { continue }
                let chance = clutter.logFalseTracks(part, threshold: threshold)
                if chance < best?.chance ?? .infinity { best = (part, chance) }
            }
        }
        return best
    }
}
