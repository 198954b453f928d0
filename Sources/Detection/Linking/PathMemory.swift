// SPDX-License-Identifier: Apache-2.0

/// The spots of the last seconds, to see what else happened on the path of a track.
///
/// The strobes of an aeroplane come once a second or so and light up two or three frames each, which are a short
/// track of their own. What tells them from meteors is the next flash of about the same strength on the same path.
struct PathMemory {
    /// Periods of strobes and other blinking lights, in seconds.
    static let periods = 0.4...1.6
    /// Ratio of the fluxes of two flashes of one light.
    private static let fluxRatio = 0.4...2.5
    /// Least signal to noise of a flash over the threshold: what shines in between must lie that much below it.
    private static let contrast = 2.0
    /// Longest flash of a strobe, in seconds, with the frames that it lights in part.
    private static let strobeSeconds = 0.2
    /// Greatest share of the frames in between that may show the light, too.
    private static let greatestFill = 0.5

    private let framesPerSecond: Double
    private var spots: [Candidate] = []

    init(framesPerSecond: Double) { self.framesPerSecond = framesPerSecond }

    /// Takes all spots of a frame.
    mutating func append(_ candidates: [Candidate], frame: Int) {
        let oldest = frame - Int(5 * PathMemory.periods.upperBound * framesPerSecond)
        if let first = spots.first, first.frame < oldest { spots.removeAll { $0.frame < oldest } }
        spots.append(contentsOf: candidates)
    }

    /// The track with the note whether it repeats.
    ///
    /// - Parameter threshold: signal to noise from which on spots are candidates.
    func marked(_ track: MovingTrack, threshold: Double) -> MovingTrack {
        var result = track
        result.repeats = repeats(track, threshold: threshold)
        return result
    }

    /// True if a short flash much brighter than a track shines on its path, apart from the track's spots: these are the
    /// steady light of an aeroplane between two strobes.
    private func carriesStrobe(_ track: MovingTrack, among onPath: [Candidate], threshold: Double) -> Bool {
        let fluxes = track.points.map(\.flux).sorted()
        let least = MotionFeatures.strobeContrast * fluxes[fluxes.count / 2]
        let own = Set(track.points.map(\.identifier))
        let apart = PathMemory.strobeSeconds / 2 * framesPerSecond
        let bright = onPath.filter { spot in
            spot.flux > least && spot.statistic > PathMemory.contrast * threshold && !own.contains(spot.identifier)
        }
        return bright.contains { flash in
            let distance = Double(track.points.reduce(Int.max) { min($0, abs($1.frame - flash.frame)) })
            let near = bright.filter {
                Double(abs($0.frame - flash.frame)) <= PathMemory.strobeSeconds * framesPerSecond
            }
            let frames = near.map(\.frame)
            let length = Double((frames.max() ?? 0) - (frames.min() ?? 0) + 1)
            return distance > apart && distance <= PathMemory.periods.upperBound * framesPerSecond
                && length <= PathMemory.strobeSeconds * framesPerSecond
        }
    }

    private func repeats(_ track: MovingTrack, threshold: Double) -> Bool {
        guard let fit = track.fit, fit.speed > 0,
            let peak = track.points.max(by: { $0.statistic < $1.statistic })
        else { return false }
        let direction = fit.velocity / fit.speed
        let onPath = spots.filter { spot in
            let lapse = Double(spot.frame) - fit.middle
            let miss = spot.place - fit.place(at: Double(spot.frame))
            let reach = 2 + 3 * min(fit.velocityError, 0.2 * fit.speed) * abs(lapse)
            let across = miss.y * direction.x - miss.x * direction.y
            return abs((miss * direction).sum()) <= reach + fit.speed && abs(across) <= reach
        }
        if carriesStrobe(track, among: onPath, threshold: threshold) { return true }
        guard peak.statistic > PathMemory.contrast * threshold else { return false }
        return onPath.contains { flash in
            let seconds = Double(abs(flash.frame - peak.frame)) / framesPerSecond
            guard flash.statistic > PathMemory.contrast * threshold, PathMemory.periods.contains(seconds),
                PathMemory.fluxRatio.contains(flash.flux / max(peak.flux, 1e-9))
            else { return false }
            let between = min(flash.frame, peak.frame) + 1..<max(flash.frame, peak.frame)
            let seen = Set((onPath + track.points).map(\.frame)).intersection(between)
            return Double(seen.count) <= PathMemory.greatestFill * Double(between.count)
        }
    }
}
