// SPDX-License-Identifier: Apache-2.0

import Camera

/// Follows still spots from the moment they are noticed to their end, and has them tested as whole events.
///
/// A spot is noticed below the threshold of an alert already, because one frame, or a sum over a number of frames
/// that is not quite the event's, shows a part of its signal to noise only. Nothing is decided before the event is
/// over: then all its frames are known.
struct FlashKeeper {
    /// Share of the alert's threshold at which a spot is noticed. A sum over a power of two of frames holds 0.87 of the
    /// signal to noise of a box on average, 0.74 at worst, and its filter 0.95 of that. Lower shares find little more
    /// and cost time: at 1920 × 1080 noise is noticed about once a frame.
    static let triggerShare = 0.72

    private(set) var open: [OpenFlash] = []
    private var settled: [SettledFlash] = []
    private var photometry: FlashPhotometry
    private let finder: LightCurveFinder
    private let test: FlashTest
    /// What whole events must reach that begin from now on.
    var threshold: FlashThreshold
    private let framesPerSecond: Double
    private let longestFrames: Int
    private static let limit = 16
    /// Frames after which a spot that still shines is checked for being a hot pixel.
    private static let sensorCheckAge = 12
    /// Share of its threshold that a spot must reach in its own frames to be followed: what the place and width of
    /// the trigger, which are not the best ones, may lose.
    private static let followShare = 0.85

    /// An event that was told: sums that still hold its light notice it again.
    private struct SettledFlash {
        var place: SIMD2<Double>
        var reach: Double
        var last: Int
    }

    /// - Parameters:
    ///   - threshold: what whole events must reach.
    ///   - configuration: its widths, rates and longest event.
    init(threshold: FlashThreshold, configuration: DetectorConfiguration) {
        self.threshold = threshold
        framesPerSecond = configuration.framesPerSecond
        longestFrames = min(max(Int(configuration.maximumEventSeconds * framesPerSecond), 8), 2000)
        photometry = FlashPhotometry(widths: configuration.possibleSigmas)
        // Without sums over frames nothing longer than a few frames is noticed in any case.
        let longestShape = min(configuration.temporalOctaves > 0 ? 64 : 8, longestFrames)
        finder = LightCurveFinder(longestFrames: longestShape, backgroundRate: configuration.backgroundRate)
        test = FlashTest(finder: finder, longestFrames: longestFrames, wanders: configuration.registersScene)
    }

    /// Forgets all open spots.
    mutating func restart() {
        open.removeAll()
        settled.removeAll()
    }

    /// Quiet frames after which a flash is over: a quarter of a second at usual rates, at least four frames.
    private var quietFrames: Int { min(max(4, Int((0.25 * framesPerSecond).rounded())), 64) }

    /// Takes a frame, which is the last of the history, and its candidates; returns the flashes that are over.
    ///
    /// - Parameters:
    ///   - candidates: still spots of at least `triggerShare` of the threshold.
    ///   - raise: standard deviations by which thresholds are raised at the moment.
    ///   - isDegraded: true if candidates flood the detector.
    ///   - noise: of sums over frames.
    mutating func advance(
        candidates: [Candidate], raise: Double, isDegraded: Bool, history: FrameHistory, background: BackgroundModel,
        noise: () -> SummedNoise = { .white }
    ) -> [ClosedFlash] {
        guard history.count > 0 else { return [] }
        let newest = history[history.count - 1]
        for index in open.indices {
            if isDegraded { open[index].wasDisturbed = true }
            open[index].curve.append(
                photometry.sample(open[index].strongest, entry: newest, background: background))
        }
        let now = newest.frame.index
        settled.removeAll { now - $0.last > 256 }
        let threshold = threshold.raised(by: raise)
        for candidate in candidates
        where candidate.statistic >= FlashKeeper.triggerShare * threshold.lowest && !isSettled(candidate) {
            if let index = open.firstIndex(where: { $0.covers(candidate.place) }) {
                strengthen(index, with: candidate, history: history, background: background)
            } else if let spot = followed(candidate, threshold: threshold, history: history, background: background) {
                makeRoom(for: spot)
                guard open.count < FlashKeeper.limit else { continue }
                var flash = OpenFlash(
                    strongest: spot, openedFrame: now, threshold: threshold, wasDisturbed: isDegraded)
                flash.threshold.noise = noise().beyond(finder.pull(background)).relative(to: spot.noiseWidth)
                flash.remeasure(history: history, background: background, photometry: &photometry)
                open.append(flash)
            }
        }
        return close(history: history, background: background, now: now)
    }

    /// Ends all open spots.
    mutating func finish(history: FrameHistory, background: BackgroundModel) -> [ClosedFlash] {
        defer { open.removeAll() }
        return open.compactMap { settle($0, history: history, background: background) }
    }

    // MARK: - Beginning

    /// The candidate with the noise around it, if its own frames show it well enough to be followed.
    private mutating func followed(
        _ candidate: Candidate, threshold: FlashThreshold, history: FrameHistory, background: BackgroundModel
    ) -> Candidate? {
        let goal = FlashKeeper.followShare * threshold.lowest
        if candidate.frames == 1, candidate.statistic >= goal { return candidate }
        // The event may be longer than the sum that noticed it; if it is much longer, a longer sum will notice it.
        let curve = photometry.curve(
            candidate, history: history, background: background, limit: 5 * candidate.frames / 2 + 4)
        var spot = candidate
        spot.noiseWidth = max(spot.noiseWidth, FlashKeeper.noiseWidth(candidate, curve))
        guard let match = finder.match(curve, threshold: threshold, background: background) else { return nil }
        return match.statistic / (spot.noiseWidth / candidate.noiseWidth) >= goal ? spot : nil
    }

    /// By how much the noise of sums around a candidate is wider than the pixels' own noise says.
    ///
    /// The candidate's statistic has been divided by the width of the filter's output. A filter of another shape than
    /// the spot's loses up to 0.15 of its signal to noise, which is no sign of wider noise.
    private static func noiseWidth(_ candidate: Candidate, _ curve: FlashCurve) -> Double {
        guard candidate.frames > 1 else { return 1 }
        return max(1, 0.85 * curve.recentScore(candidate.frames) / candidate.statistic)
    }

    private mutating func strengthen(
        _ index: Int, with candidate: Candidate, history: FrameHistory, background: BackgroundModel
    ) {
        guard candidate.statistic > open[index].strongest.statistic else { return }
        let old = open[index].strongest
        open[index].strongest = candidate
        open[index].strongest.noiseWidth = max(candidate.noiseWidth, old.noiseWidth)
        if MovingTrack.distance(candidate.place, old.place) > 0.5 {
            open[index].remeasure(history: history, background: background, photometry: &photometry)
        }
    }

    /// Gives up the weakest open spot for a stronger one if there are too many.
    private mutating func makeRoom(for spot: Candidate) {
        guard open.count >= FlashKeeper.limit,
            let weakest = open.indices.min(by: { open[$0].strongest.statistic < open[$1].strongest.statistic }),
            open[weakest].strongest.statistic < spot.statistic
        else { return }
        open.remove(at: weakest)
    }

    private func isSettled(_ candidate: Candidate) -> Bool {
        settled.contains {
            candidate.frame - candidate.frames < $0.last
                && MovingTrack.distance($0.place, candidate.place) <= $0.reach
        }
    }

    // MARK: - End

    private mutating func close(history: FrameHistory, background: BackgroundModel, now: Int) -> [ClosedFlash] {
        guard !open.isEmpty else { return [] }
        var closed: [ClosedFlash] = []
        var remaining: [OpenFlash] = []
        for flash in open {
            let age = now - flash.openedFrame
            let isQuiet = age >= quietFrames && flash.curve.recentScore(quietFrames) < 2.5
            let isHot = age == FlashKeeper.sensorCheckAge && isOnSensor(flash, history, background)
            if isQuiet || isHot || age > longestFrames {
                if let summary = settle(flash, history: history, background: background) { closed.append(summary) }
            } else {
                remaining.append(flash)
            }
        }
        open = remaining
        return closed
    }

    private mutating func settle(
        _ flash: OpenFlash, history: FrameHistory, background: BackgroundModel
    ) -> ClosedFlash? {
        let closed = test.close(flash, history: history, background: background, photometry: &photometry)
        if let closed, let last = closed.samples.last?.frame {
            settled.append(SettledFlash(place: closed.place, reach: OpenFlash.reach(sigma: closed.sigma), last: last))
        }
        return closed
    }

    /// True if the spot belongs to a pixel of the sensor and not to the scene.
    private mutating func isOnSensor(
        _ flash: OpenFlash, _ history: FrameHistory, _ background: BackgroundModel
    ) -> Bool {
        let place = flash.strongest.place
        let column = Int(place.x.rounded())
        let row = Int(place.y.rounded())
        let frames = flash.curve.samples.suffix(2 * FlashKeeper.sensorCheckAge).map { ($0.frame, $0.flux) }
        return photometry.sensorMisfit(
            frames, place: place - SIMD2(Double(column), Double(row)), column: column, row: row, history: history,
            background: background) ?? 0 > FlashClassifier.limitOfMisfit
    }
}
