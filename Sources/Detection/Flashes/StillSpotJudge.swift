// SPDX-License-Identifier: Apache-2.0

/// Judges still spots that are over, by what they are and by what was seen around them: flickering places, hot pixels,
/// other spots, moving tracks, gusts.
struct StillSpotJudge {
    /// What is known of the scene when spots are judged.
    struct Scene {
        let history: FrameHistory
        let background: BackgroundModel
        let records: FrameRecords
        let motion: MotionWatch
        let gusts: GustWatch
        /// Levels of the scene's dark and bright parts, in ADU.
        let levels: (dark: Double, bright: Double)
    }

    private let configuration: DetectorConfiguration
    private let classifier: FlashClassifier
    private let builder: EventBuilder
    private let width: Int
    private let height: Int
    /// Places where still spots end again and again.
    private(set) var restlessPlaces: RestlessCells
    private var hotPixels: HotPixels
    private var waiting: [ClosedFlash] = []
    /// False alarms an hour that are put up with at other times; nil at those times.
    var usualFalseAlarmsPerHour: Double?
    private var told: [(place: SIMD2<Double>, first: Int, last: Int)] = []
    /// Short spots that looked like flashes, of the last few seconds.
    private var shortSpots: [(place: SIMD2<Double>, frame: Int)] = []

    init(configuration: DetectorConfiguration, builder: EventBuilder, width: Int, height: Int) {
        self.configuration = configuration
        self.builder = builder
        self.width = width
        self.height = height
        classifier = FlashClassifier(configuration: configuration)
        restlessPlaces = RestlessCells(width: width, height: height)
        hotPixels = HotPixels(width: width)
    }

    /// Takes spots that are over, to be judged next.
    mutating func add(_ closed: [ClosedFlash]) { waiting.append(contentsOf: closed) }

    /// Forgets the spots that wait: they belong to a change of the picture.
    mutating func discard() { waiting.removeAll() }

    /// Tells that the background moved under the frames.
    mutating func modelMoved() { shortSpots.removeAll() }

    /// Judges the spots that are over; gives those worth telling.
    mutating func judge(_ scene: Scene) -> [DetectedEvent] {
        guard !waiting.isEmpty else { return [] }
        defer { waiting.removeAll(keepingCapacity: true) }
        var events: [DetectedEvent] = []
        for closed in waiting {
            if let event = judge(closed, scene: scene) { events.append(event) }
        }
        return events
    }

    private mutating func judge(_ closed: ClosedFlash, scene: Scene) -> DetectedEvent? {
        var flash = closed
        flash.isMoving = scene.motion.tracks.contains { isPart(flash, of: $0) }
        if let first = flash.samples.first?.frame, let last = flash.samples.last?.frame,
            scene.gusts.disturbs(first...last, after: configuration.framesPerSecond)
        {
            flash.wasDisturbed = true
        }
        // Restless before it began: a flash of many frames makes its own place restless.
        let before = min(flash.strongest.frame, flash.samples.first?.frame ?? .max) - 1
        flash.isRestless =
            restlessPlaces.isRestless(flash.place, frame: before)
            || scene.motion.restless.isRestless(flash.place, frame: before)
        restlessPlaces.note(flash.place, frame: flash.strongest.frame)
        if flash.misfit.sharp > 0, classifier.isSharp(flash), isHotPixel(flash, scene: scene) { return nil }
        guard isInside(flash, scene: scene), classifier.isWorthTelling(flash), !wasTold(flash) else { return nil }
        let rate = builder.falseAlarmsPerHour(flash)
        var verdict = classifier.judge(
            flash, circumstances: circumstances(flash, scene: scene), falseAlarmsPerHour: rate)
        if let usual = usualFalseAlarmsPerHour, verdict.isAlert, rate > usual {
            let excess = Verdict.text(rate / usual)
            verdict.add(
                Reason.belowUsualThreshold,
                "Pure noise makes its like \(excess) times as often as is put up with outside of campaigns.")
        }
        if verdict.isAlert, flash.samples.count <= 3 {
            shortSpots.append((flash.place, flash.strongest.frame))
        }
        var event = builder.event(flash, verdict: verdict) { scene.records[$0] }
        event?.framePeakFitted = flash.peakFrame
        return event
    }

    /// True if a still spot is a piece of a moving track or of its continuation: what flares up or comes out of the
    /// glare is noticed in places only.
    private func isPart(_ flash: ClosedFlash, of track: MovingTrack) -> Bool {
        guard track.surelyMoves, let fit = track.fit else { return false }
        let beyond = 16
        return flash.samples.contains { sample in
            guard sample.frame >= track.firstFrame - beyond, sample.frame <= track.lastFrame + beyond else {
                return false
            }
            // Beyond its ends the path is known the less the farther away.
            let outside = Double(max(track.firstFrame - sample.frame, sample.frame - track.lastFrame, 0))
            let reach = 5 + 2 * flash.sigma + 3 * fit.velocityError * outside
            return MovingTrack.distance(fit.place(at: Double(sample.frame)), flash.place) <= reach
        }
    }

    /// What the scene around a still spot says of it.
    private mutating func circumstances(_ flash: ClosedFlash, scene: Scene) -> FlashCircumstances {
        var result = FlashCircumstances()
        guard configuration.registersScene, let first = flash.samples.first?.frame,
            let last = flash.samples.last?.frame
        else { return result }
        result.passingLight = PassingLight.significance(
            at: flash.place, sigma: flash.sigma, event: first...last, history: scene.history,
            background: scene.background)
        if configuration.target == .jupiter {
            result.isOnTarget = FlashCircumstances.isOnDisk(
                flash.place, sigma: flash.sigma, levels: scene.levels, background: scene.background)
        }
        result.companion = companion(of: flash, first: first)
        return result
    }

    /// Another short spot near in time and away in place, and how far.
    private mutating func companion(of flash: ClosedFlash, first: Int) -> (distance: Double, seconds: Double)? {
        // Strobes of aircraft come once in 0.7…1.4 seconds, often on two lamps.
        let memory = Int(3 * configuration.framesPerSecond)
        shortSpots.removeAll { first - $0.frame > memory }
        // What shines in several places at once is the picture's own: an edge that jumped, a lit cloud.
        let simultaneous = waiting.filter { other in
            other.samples.count <= 3 && abs(other.strongest.frame - flash.strongest.frame) <= 1
                && !classifier.isSharp(other)
        }
        let others = (shortSpots + simultaneous.map { (place: $0.place, frame: $0.strongest.frame) }).map { spot in
            (
                distance: MovingTrack.distance(spot.place, flash.place),
                seconds: Double(abs(first - spot.frame)) / configuration.framesPerSecond
            )
        }
        return others.first { $0.distance > 8 }
    }

    /// True if enough of the surroundings of a still spot lie in the scene, and in the frame that shows it most clearly,
    /// to tell it from the edge.
    private func isInside(_ flash: ClosedFlash, scene: Scene) -> Bool {
        let margin = 4.0
        let wander = flash.samples.isEmpty ? .zero : scene.records[flash.samples[flash.peak].frame].displacement
        return [flash.place, flash.place + wander].allSatisfy { place in
            place.x >= margin && place.y >= margin && place.x <= Double(width - 1) - margin
                && place.y <= Double(height - 1) - margin
        }
    }

    /// True if the flash is the rest of one that was told already; otherwise remembers it.
    private mutating func wasTold(_ flash: ClosedFlash) -> Bool {
        guard let first = flash.samples.first?.frame, let last = flash.samples.last?.frame else { return true }
        told.removeAll { first - $0.last > 1000 }
        let known = told.contains {
            $0.first <= last && $0.last >= first
                && MovingTrack.distance($0.place, flash.place) <= OpenFlash.reach(sigma: flash.sigma)
        }
        if !known { told.append((flash.place, first, last)) }
        return known
    }

    /// Notes a sharp spot on the sensor; true if the pixel is known to be hot, which is ignored from then on.
    private mutating func isHotPixel(_ flash: ClosedFlash, scene: Scene) -> Bool {
        guard let sample = flash.samples.isEmpty ? nil : flash.samples[flash.peak] else { return false }
        let place = flash.place + scene.records[sample.frame].displacement
        let column = Int(place.x.rounded())
        let row = Int(place.y.rounded())
        guard (0..<width).contains(column), (0..<height).contains(row) else { return false }
        // A particle's charge is read out with its frame; what shines on is the pixel itself.
        let shinesOn = flash.samples.count >= 4
        let isHot = hotPixels.note(column: column, row: row, frame: sample.frame) || shinesOn
        if isHot { scene.background.exclude(column: column, row: row) }
        return isHot
    }
}
