// SPDX-License-Identifier: Apache-2.0

/// Joins tracks that are parts of one motion: a meteor that faded and flared again, or the parts of a broad one.
///
/// A finished track waits a moment for its continuation, no longer than an alert may be late.
struct TrackMerger {
    private var waiting: [MovingTrack] = []
    private let patience: Int
    /// Times the patience that a track waits for a continuation that is on its way.
    private static let longestWait = 10
    /// Greatest distance from the line of the earlier track, and along it, in pixels.
    private static let reachAcross = 25.0
    private static let reachAlong = 120.0

    /// A merger that keeps a track until `patience` frames after its last.
    init(patience: Int) { self.patience = patience }

    /// Takes tracks that ended and returns those that wait no longer.
    mutating func advance(frame: Int, ended: [MovingTrack], growing: [MovingTrack]) -> [MovingTrack] {
        for track in ended { add(track) }
        var ready: [MovingTrack] = []
        waiting.removeAll { track in
            let isDue = frame - track.lastFrame >= patience
            // A confirmed track that continues this one is on its way: wait for it, but not for ever.
            let hasSuccessor =
                frame - track.lastFrame < TrackMerger.longestWait * patience
                && growing.contains { $0.points.count >= 4 && $0.surelyMoves && TrackMerger.belong(track, $0) }
            guard isDue, !hasSuccessor else { return false }
            ready.append(track)
            return true
        }
        return ready
    }

    /// Returns all that wait, after the last frame.
    mutating func finish(ended: [MovingTrack]) -> [MovingTrack] {
        for track in ended { add(track) }
        defer { waiting.removeAll() }
        return waiting
    }

    private mutating func add(_ track: MovingTrack) {
        for index in waiting.indices where TrackMerger.belong(waiting[index], track) {
            waiting[index] = TrackMerger.joined(waiting[index], track)
            return
        }
        waiting.append(track)
    }

    /// True if two tracks have about the same direction and lie on each other's path at about the same time.
    static func belong(_ a: MovingTrack, _ b: MovingTrack) -> Bool {
        let (first, second) = a.firstFrame <= b.firstFrame ? (a, b) : (b, a)
        guard second.firstFrame - first.lastFrame <= 25, let fit = first.fit, let other = second.fit, fit.speed > 0,
            let start = second.points.first
        else { return false }
        let cosine = (fit.velocity * other.velocity).sum() / max(fit.speed * other.speed, 1e-9)
        guard cosine > 0.85 else { return false }
        let (reference, velocity) = first.course(around: min(start.frame, first.lastFrame))
        let difference = start.place - reference
        let direction = velocity / max((velocity * velocity).sum().squareRoot(), 1e-9)
        let along = (difference * direction).sum()
        let across = abs(difference.x * direction.y - difference.y * direction.x)
        return across <= reachAcross && abs(along) <= reachAlong
    }

    /// Both tracks' spots, the stronger of a frame where both have one.
    private static func joined(_ a: MovingTrack, _ b: MovingTrack) -> MovingTrack {
        var points: [Int: Candidate] = [:]
        for point in a.points + b.points where point.statistic > points[point.frame]?.statistic ?? 0 {
            points[point.frame] = point
        }
        return MovingTrack(points: points.values.sorted { $0.frame < $1.frame }) ?? a
    }
}
