// SPDX-License-Identifier: Apache-2.0

/// Links spots of successive frames into tracks of uniform motion.
///
/// Every pair of spots one or two frames apart begins a hypothesis; spots near the place where a hypothesis expects
/// them prolong it. A hypothesis with four points that surely moves is confirmed and owns its spots from then on.
/// A track ends after a few frames without a spot.
struct MotionLinker {
    /// Greatest speed of a new track, in pixels a frame.
    static let fastest = 30.0
    /// Frames from the first spot of a new track to the second, at most.
    static let seedFrames = 3
    /// Area in which the second spot of a new track may lie, summed over the frames in which it may come.
    static let seedArea = Double.pi * fastest * fastest * Double((1...seedFrames).reduce(0) { $0 + $1 * $1 })
    /// Frames without a spot that a track survives; a long one survives twice as many.
    static let gap = 5
    private static let hypothesisLimit = 400
    private static let pointLimit = 3000

    /// Tracks that still may grow.
    private(set) var tracks: [MovingTrack] = []
    /// Spots of the last frames that no confirmed track owns.
    private var unclaimed: [Candidate] = []

    /// Forgets everything.
    mutating func restart() {
        tracks.removeAll()
        unclaimed.removeAll()
    }

    /// Takes the spots of a frame.
    ///
    /// - Parameter maySeed: tells whether a spot may begin a new track (it may always prolong one).
    /// - Returns: credible tracks that ended, and the identifiers of spots that a confirmed track owns.
    mutating func advance(
        frame: Int, candidates: [Candidate], maySeed: (Candidate) -> Bool
    ) -> (ended: [MovingTrack], owned: Set<Int>) {
        var owned = Set<Int>()
        prolongConfirmed(frame: frame, candidates: candidates, owned: &owned)
        let free = candidates.filter { !owned.contains($0.identifier) }
        prolongHypotheses(frame: frame, candidates: free)
        seed(frame: frame, candidates: free, maySeed: maySeed)
        removeDoubles()
        unclaimed.removeAll { frame - $0.frame >= MotionLinker.seedFrames || owned.contains($0.identifier) }
        unclaimed.append(contentsOf: free.filter(maySeed).prefix(48))
        return (removeEnded(frame: frame), owned)
    }

    /// Ends all tracks.
    mutating func finish() -> [MovingTrack] {
        defer { restart() }
        return MotionLinker.distinct(tracks.filter(\.isPath))
    }

    /// True if a surely moving track passes a place at a frame.
    func movesThrough(_ place: SIMD2<Double>, frame: Int, within radius: Double) -> Bool {
        tracks.contains { $0.passes(place, frame: frame, within: radius) }
    }

    private static func isConfirmed(_ track: MovingTrack) -> Bool { track.points.count >= 4 && track.surelyMoves }

    private mutating func prolongConfirmed(frame: Int, candidates: [Candidate], owned: inout Set<Int>) {
        let order = tracks.indices.filter { MotionLinker.isConfirmed(tracks[$0]) }
            .sorted { tracks[$0].points.count > tracks[$1].points.count }
        for index in order {
            guard let best = nearest(to: tracks[index], frame: frame, among: candidates, except: owned) else {
                continue
            }
            tracks[index].append(best)
            // What lies within the gate besides belongs to the same thing: its wake, its glare.
            let radius = tracks[index].gate(inFrame: frame) + 3
            for candidate in candidates
            where MovingTrack.distance(candidate.place, best.place) <= radius { owned.insert(candidate.identifier) }
        }
    }

    private mutating func prolongHypotheses(frame: Int, candidates: [Candidate]) {
        for index in tracks.indices
        where !MotionLinker.isConfirmed(tracks[index]) && tracks[index].lastFrame < frame {
            if let best = nearest(to: tracks[index], frame: frame, among: candidates, except: []) {
                tracks[index].append(best)
            }
        }
    }

    private mutating func seed(frame: Int, candidates: [Candidate], maySeed: (Candidate) -> Bool) {
        for candidate in candidates where maySeed(candidate) {
            for earlier in unclaimed where earlier.frame < frame {
                guard tracks.count < MotionLinker.hypothesisLimit else { return }
                let gap = Double(frame - earlier.frame)
                let distance = MovingTrack.distance(candidate.place, earlier.place)
                if distance <= MotionLinker.fastest * gap { tracks.append(MovingTrack(earlier, candidate)) }
            }
        }
    }

    private func nearest(
        to track: MovingTrack, frame: Int, among candidates: [Candidate], except owned: Set<Int>
    ) -> Candidate? {
        let expected = track.place(inFrame: frame)
        let gate = track.gate(inFrame: frame)
        var best: (distance: Double, candidate: Candidate)?
        for candidate in candidates where !owned.contains(candidate.identifier) {
            let distance = MovingTrack.distance(candidate.place, expected)
            if distance <= gate, distance < best?.distance ?? .infinity { best = (distance, candidate) }
        }
        return best?.candidate
    }

    /// Of hypotheses that agree in their last two spots only the longest remains.
    private mutating func removeDoubles() {
        var longest: [SIMD2<Int>: Int] = [:]
        var remove = Set<Int>()
        for (index, track) in tracks.enumerated() {
            let end = track.points.suffix(2).map(\.identifier)
            let key = SIMD2(end[0], end[1])
            if let other = longest[key] {
                if tracks[other].points.count < track.points.count {
                    remove.insert(other)
                    longest[key] = index
                } else {
                    remove.insert(index)
                }
            } else {
                longest[key] = index
            }
        }
        guard !remove.isEmpty else { return }
        tracks = tracks.enumerated().filter { !remove.contains($0.offset) }.map(\.element)
    }

    private mutating func removeEnded(frame: Int) -> [MovingTrack] {
        func hasEnded(_ track: MovingTrack) -> Bool {
            let patience = track.points.count >= 10 ? 2 * MotionLinker.gap : MotionLinker.gap
            return frame - track.lastFrame > (track.points.count < 3 ? MotionLinker.gap : patience)
                || track.points.count >= MotionLinker.pointLimit
        }
        guard tracks.contains(where: hasEnded) else { return [] }
        let ended = tracks.filter { hasEnded($0) && $0.isPath }
        tracks.removeAll(where: hasEnded)
        return MotionLinker.distinct(ended)
    }

    /// Of tracks that share a spot only the strongest remains.
    private static func distinct(_ tracks: [MovingTrack]) -> [MovingTrack] {
        var taken = Set<Int>()
        var result: [MovingTrack] = []
        for track in tracks.sorted(by: { $0.signalToNoise > $1.signalToNoise }) {
            guard track.points.allSatisfy({ !taken.contains($0.identifier) }) else { continue }
            taken.formUnion(track.points.map(\.identifier))
            result.append(track)
        }
        return result
    }
}

extension MovingTrack {
    /// True if the track surely moves and passes a place at a frame between its ends.
    func passes(_ place: SIMD2<Double>, frame: Int, within radius: Double) -> Bool {
        guard frame >= firstFrame - 1, frame <= lastFrame + 1, surelyMoves, let fit else { return false }
        return MovingTrack.distance(fit.place(at: Double(frame)), place) <= radius
    }
}
