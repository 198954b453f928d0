// SPDX-License-Identifier: Apache-2.0

/// From the spots of successive frames to the motions that are over: linking, the test against chance, and joining
/// of parts.
struct MotionWatch {
    private var linker = MotionLinker()
    private var merger: TrackMerger
    private var clutter: Clutter
    /// Places where spots appear again and again.
    private(set) var restless: RestlessCells
    /// Credible tracks that ended lately; they tell what else belongs to a motion.
    private var endedTracks: [MovingTrack] = []

    /// Natural logarithm of the number of chance tracks a frame that is accepted: one in 10⁷ frames, or a hundred
    /// hours of video.
    private static let acceptedFalseTracks = -16.0
    /// Spots that are linked in a frame that is flooded with them.
    private static let floodLimit = 10
    /// Frames for which ended tracks are remembered.
    private static let memory = 128

    init(width: Int, height: Int, framesPerSecond: Double) {
        merger = TrackMerger(patience: max(3, Int(0.3 * framesPerSecond)))
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
        let (paths, owned) = linker.advance(frame: frame, candidates: strong) {
            !restless.isRestless($0.place, frame: frame)
        }
        let free = candidates.filter { !owned.contains($0.identifier) }
        clutter.update(free, threshold: threshold)
        for candidate in free { self.restless.note(candidate.place, frame: frame) }
        var credible: [MovingTrack] = []
        for path in paths {
            if isCredible(path, threshold: threshold) { credible.append(path) } else { clutter.reject(path) }
        }
        endedTracks.append(contentsOf: credible)
        endedTracks.removeAll { frame - $0.lastFrame > MotionWatch.memory }
        return (merger.advance(frame: frame, ended: credible, growing: linker.tracks), free)
    }

    /// Ends all motions.
    mutating func finish(frame: Int, threshold: Double) -> [MovingTrack] {
        let credible = linker.finish().filter { isCredible($0, threshold: threshold) }
        endedTracks.append(contentsOf: credible)
        return merger.finish(ended: credible, frame: frame)
    }

    /// Forgets the tracks; the places of the scene have moved.
    mutating func restart() {
        linker.restart()
        endedTracks.removeAll()
    }

    /// True if a surely moving track passes a place at a frame.
    func movesThrough(_ place: SIMD2<Double>, frame: Int, within radius: Double) -> Bool {
        linker.movesThrough(place, frame: frame, within: radius)
            || endedTracks.contains { $0.passes(place, frame: frame, within: radius) }
    }

    /// True if chance hardly makes such a track of the spots that lie about.
    private func isCredible(_ track: MovingTrack, threshold: Double) -> Bool {
        clutter.logFalseTracks(track, threshold: threshold) < MotionWatch.acceptedFalseTracks
    }
}
