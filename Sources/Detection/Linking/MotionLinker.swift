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
    /// Spots after which a track that surely moves owns what it meets.
    static let confirmingSpots = 4
    /// Frames without a spot that a track survives; a long one survives twice as many.
    static let gap = 5
    private static let hypothesisLimit = 400
    private static let pointLimit = 3000

    /// Tracks that still may grow.
    private(set) var tracks: [MovingTrack] = []
    /// Spots of the last frames that no confirmed track owns.
    private var unclaimed: [(spot: Candidate, isFresh: Bool)] = []

    /// Forgets everything.
    mutating func restart() {
        tracks.removeAll()
        unclaimed.removeAll()
    }

    /// Takes the spots of a frame.
    ///
    /// - Parameter maySeed: tells whether a spot may begin a new track with another that may not; any may prolong one.
    /// - Returns: tracks of three spots and more that ended, some of which may share spots, and the identifiers of spots that a confirmed track owns.
    mutating func advance(
        frame: Int, candidates: [Candidate], maySeed: (Candidate) -> Bool
    ) -> (ended: [MovingTrack], owned: Set<Int>) {
        var owned = Set<Int>()
        prolongConfirmed(frame: frame, candidates: candidates, owned: &owned)
        let free = candidates.filter { !owned.contains($0.identifier) }
        prolongHypotheses(frame: frame, candidates: free)
        seed(frame: frame, candidates: free, maySeed: maySeed)
        removeDoubles()
        unclaimed.removeAll { frame - $0.spot.frame >= MotionLinker.seedFrames || owned.contains($0.spot.identifier) }
        unclaimed.append(contentsOf: free.prefix(48).map { ($0, maySeed($0)) })
        return (removeEnded(frame: frame), owned)
    }

    /// Ends all tracks and returns those of three spots and more.
    mutating func finish() -> [MovingTrack] {
        defer { restart() }
        return tracks.filter { $0.points.count >= 3 }
    }

    /// The spots of the confirmed tracks that still may grow.
    var ownedSpots: Set<Int> {
        Set(tracks.lazy.filter(MotionLinker.isConfirmed).flatMap { $0.points.map(\.identifier) })
    }

    private static func isConfirmed(_ track: MovingTrack) -> Bool {
        track.points.count >= confirmingSpots && track.surelyMoves
    }

    private mutating func prolongConfirmed(frame: Int, candidates: [Candidate], owned: inout Set<Int>) {
        let order = tracks.indices.filter { MotionLinker.isConfirmed(tracks[$0]) }
            .sorted { tracks[$0].points.count > tracks[$1].points.count }
        for index in order {
            guard let best = nearest(to: tracks[index], frame: frame, among: candidates, except: owned) else {
                continue
            }
            tracks[index].append(best)
            // What lies close by besides belongs to the same thing: its trail, its wake, its glare.
            let radius = 5 + 0.5 * tracks[index].speed
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
        for candidate in candidates {
            let isFresh = maySeed(candidate)
            for earlier in unclaimed where earlier.spot.frame < frame && (isFresh || earlier.isFresh) {
                guard tracks.count < MotionLinker.hypothesisLimit else { return }
                let gap = Double(frame - earlier.spot.frame)
                let distance = MovingTrack.distance(candidate.place, earlier.spot.place)
                if distance <= MotionLinker.fastest * gap { tracks.append(MovingTrack(earlier.spot, candidate)) }
            }
        }
    }

    private func nearest(
        to track: MovingTrack, frame: Int, among candidates: [Candidate], except owned: Set<Int>
    ) -> Candidate? {
        let expected = track.place(inFrame: frame)
        var best: (distance: Double, candidate: Candidate)?
        for candidate in candidates where !owned.contains(candidate.identifier) {
            let distance = MovingTrack.distance(candidate.place, expected)
            guard distance < best?.distance ?? .infinity, track.expects(candidate.place, inFrame: frame) else {
                continue
            }
            best = (distance, candidate)
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
        let ended = tracks.filter { hasEnded($0) && $0.points.count >= 3 }
        tracks.removeAll(where: hasEnded)
        return ended
    }
}
