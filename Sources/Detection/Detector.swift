// SPDX-License-Identifier: Apache-2.0

import Camera

/// From frames to events: gives what happened as soon as it is over, judging from past frames only.
///
/// Each frame goes through the same stages. It is registered against the background (Moon, Jupiter), compared with
/// it, filtered with the point spread, alone and summed with those before (`FrameScan`); peaks are tested exactly
/// (`CandidateTest`); spots are linked into moving tracks (`MotionLinker`) and followed where they stand still
/// (`FlashKeeper`); what is over is judged (`MotionClassifier`, `FlashClassifier`) and written out (`EventBuilder`).
///
/// A detector belongs to one stream of frames and is used from one thread at a time.
public final class Detector {
    /// What the detector was told beforehand.
    public let configuration: DetectorConfiguration
    /// Shape and sample type of the frames it takes.
    public let format: FrameFormat
    /// How well it sees at the moment.
    public private(set) var status = DetectorStatus()

    private var binner: FrameBinner?
    /// Format of the frames that are searched: half as wide and high if they are binned.
    private let searched: FrameFormat
    private let background: BackgroundModel
    private let scan: FrameScan
    private let builder: EventBuilder
    private let flashClassifier: FlashClassifier
    private let motionClassifier: MotionClassifier
    private let fieldThreshold: Double
    private var registration = SceneRegistration()
    private var localGain: LocalGain
    private var pictureChange: PictureChange
    private var sceneLevels = (dark: 0.0, bright: 0.0)
    /// How uneven cloud has made the light lately, see `PictureChange.follow`.
    private var unevenness = 0.0
    /// Displacement of the scene averaged over about a second.
    private var steadyDisplacement = SIMD2<Double>.zero
    private var lastDisplacement = SIMD2<Double>.zero
    private var meanSquareStep = 1.0
    /// Last frame with a sudden displacement.
    private var lastGust = -1_000_000
    private var test: CandidateTest
    private var control: ThresholdControl
    private var flashPlaces: RestlessCells
    private var hotPixels: HotPixels
    private var motion: MotionWatch
    private var flashes: FlashKeeper
    private var waitingFlashes: [ClosedFlash] = []
    private var toldFlashes: [(place: SIMD2<Double>, first: Int, last: Int)] = []
    /// Short spots that looked like flashes, of the last few seconds.
    private var shortSpots: [(place: SIMD2<Double>, frame: Int)] = []
    private var history: FrameHistory
    private var records = FrameRecords()
    private var disturbedInARow = 0
    private var lastFrame = -1
    private var selfWatch: SelfWatch

    /// Most candidates in a frame; more are a flood.
    private static let candidateLimit = 64

    /// A detector for frames of one format.
    ///
    /// - Throws: `DetectionError` if a setting is outside its range, the mask has another size than the frames, or
    ///   the frames are smaller than 16 × 16 pixels.
    public init(
        configuration told: DetectorConfiguration, format: FrameFormat, kernels: PixelKernels = .fastest
    ) throws(DetectionError) {
        let binner = told.binning == 2 ? FrameBinner(format: format) : nil
        let configuration = binner?.settings(told) ?? told
        let searched = binner?.target ?? format
        guard searched.width >= 16, searched.height >= 16 else {
            throw DetectionError(
                .frameTooSmall, place: "frame", message: "\(format.width)×\(format.height) pixels are too few",
                remedy: "give frames of at least 16×16 pixels, 32×32 if they are binned")
        }
        try told.validate(pixelCount: format.pixelCount)
        self.configuration = told
        self.format = format
        self.binner = binner
        self.searched = searched
        let sigmas = configuration.filterSigmas
        background = BackgroundModel(
            format: searched, meanRate: configuration.backgroundRate, exclusionMask: configuration.exclusionMask,
            wanders: configuration.registersScene, kernels: kernels)
        scan = FrameScan(
            format: searched, sigmas: sigmas, octaves: configuration.temporalOctaves,
            watchesSensor: configuration.registersScene, bandCount: configuration.bandCount, kernels: kernels)
        fieldThreshold = FalseAlarm.threshold(
            ratePerHour: configuration.falseAlarmsPerHour, pixelCount: searched.pixelCount,
            framesPerSecond: configuration.framesPerSecond, filters: scan.filters)
        builder = EventBuilder(
            framesPerSecond: configuration.framesPerSecond, pixelCount: searched.pixelCount, filters: scan.filters,
            target: configuration.target)
        flashClassifier = FlashClassifier(configuration: configuration)
        motionClassifier = MotionClassifier(
            configuration: configuration, width: searched.width, height: searched.height)
        pictureChange = PictureChange(format: searched)
        localGain = LocalGain(width: searched.width, height: searched.height)
        test = CandidateTest(sigmas: sigmas, wanders: configuration.registersScene)
        control = ThresholdControl(floor: configuration.candidateFloorSigma, goal: configuration.candidatesPerFrame)
        flashPlaces = RestlessCells(width: searched.width, height: searched.height)
        hotPixels = HotPixels(width: searched.width)
        motion = MotionWatch(
            width: searched.width, height: searched.height, framesPerSecond: configuration.framesPerSecond,
            falseAlarmsPerHour: configuration.falseAlarmsPerHour)
        flashes = FlashKeeper(
            threshold: FlashThreshold(
                ratePerHour: configuration.falseAlarmsPerHour, pixelCount: searched.pixelCount,
                framesPerSecond: configuration.framesPerSecond, widths: configuration.possibleSigmas,
                seeksSingleFrames: configuration.minimumFlashSeconds * configuration.framesPerSecond <= 1),
            configuration: configuration)
        let wanted = configuration.target == .jupiter ? 192 : configuration.target == .moon ? 64 : 8
        history = FrameHistory(wanted: wanted, format: searched)
        selfWatch = SelfWatch(configuration: configuration, format: searched)
        status.candidateFloorSigma = configuration.candidateFloorSigma
        status.candidateGoalPerFrame = configuration.candidatesPerFrame
        status.thresholdSigma = fieldThreshold
        status.candidateThresholdSigma = control.value
        status.maskedFraction = Double(background.maskedCount) / Double(searched.pixelCount)
    }

    /// Memory that the detector's own state takes, in bytes for each pixel that it searches; frames that it holds for
    /// the measurement of events are not counted.
    public var stateBytesPerPixel: Double {
        Double(background.byteCount + scan.byteCount) / Double(searched.pixelCount)
    }

    /// Takes the next frame.
    ///
    /// - Parameter frame: of the detector's format, later than all before. One of another format is ignored, and
    ///   the status says `isDegraded`.
    /// - Returns: events that are over and judged, mostly none. An event comes less than a second after its last
    ///   frame at 10 frames a second and more.
    public func process(_ frame: Frame) -> [DetectedEvent] {
        guard frame.format == format, frame.index > lastFrame else {
            status.isDegraded = true
            return []
        }
        defer {
            lastFrame = frame.index
            status.framesSeen += 1
        }
        guard let binned = binner?.bin(frame) else { return search(frame) }
        return search(binned).compactMap { binner?.restore($0) }
    }

    private func search(_ frame: Frame) -> [DetectedEvent] {
        if frame.droppedBefore > 4 || (lastFrame >= 0 && frame.index - lastFrame > 5) { scan.restart() }
        guard background.framesLearnt > 0 else {
            background.seed(frame)
            return []
        }
        let (alignment, isDisturbed) = align(frame)
        guard !isDisturbed else { return handleDisturbance(frame) }
        disturbedInARow = 0
        records.append(
            frame: frame.index, .init(time: frame.time, displacement: alignment.displacement))
        status.displacement = alignment.displacement
        status.isWarmedUp = background.framesLearnt >= configuration.warmUpFrames
        guard status.isWarmedUp else {
            scan.learn(frame, background: background, alignment: alignment)
            watchSelf(frame, alignment: nil)
            return []
        }
        let evaluated = scan.run(
            frame, background: background, alignment: alignment, threshold: 0.92 * control.value,
            summedThreshold: max(configuration.candidateFloorSigma, FlashKeeper.triggerShare * alertThreshold))
        history.append(.init(frame: frame, alignment: alignment))
        let events = interpret(frame, alignment: alignment, evaluated: evaluated)
        watchSelf(frame, alignment: alignment)
        recenter(alignment)
        return events
    }

    /// Ends the stream: gives the events that were still going on or waited for their judgement.
    public func finish() -> [DetectedEvent] {
        let tracks = motion.finish(threshold: control.value)
        waitingFlashes.append(contentsOf: flashes.finish(history: history, background: background))
        let events = tracks.compactMap(event) + judgeFlashes(now: .max)
        guard let binner else { return events }
        return events.map(binner.restore)
    }

    /// What the scene usually shows, in the coordinates of a frame of the last minutes; for finding the disk in it.
    public func backgroundImage(inFrame frame: Int) -> BackgroundImage {
        // A binned pixel is the sum of as many as the binning squared.
        let step = configuration.binning
        let share = binner.map { Float($0.sampleShare) } ?? 1
        var values: [Float] = []
        values.reserveCapacity(format.pixelCount)
        for y in 0..<format.height {
            let row = min(y / step, searched.height - 1)
            for x in 0..<format.width { values.append(share * background.mean[min(x / step, searched.width - 1), row]) }
        }
        return BackgroundImage(
            width: format.width, height: format.height, values: values,
            origin: records[frame].displacement * Double(step), saturationADU: 0.97 * Float(format.saturationLevel))
    }

    // MARK: - Stages

    private var alertThreshold: Double {
        max(fieldThreshold, fieldThreshold + control.value - configuration.candidateFloorSigma)
    }

    /// True if meaningless spots have driven the threshold for candidates up to twice its floor.
    private var isCluttered: Bool { control.value > 2 * configuration.candidateFloorSigma }

    /// Finds how the frame lies against the background, and whether the picture as a whole has changed.
    private func align(_ frame: Frame) -> (SceneAlignment, isDisturbed: Bool) {
        var alignment = SceneAlignment.identity
        var isReliable = true
        if background.framesLearnt == 1 {
            // Before the noise is known nothing can be told from it. Two frames differ by √2 of the noise of one.
            pictureChange.load(frame, background: background, alignment: alignment)
            background.seedDeviation(Float(pictureChange.result().spread / 2.0.squareRoot()))
        }
        if configuration.registersScene {
            if background.framesLearnt % 64 == 1 {
                sceneLevels = pictureChange.levels(background)
                localGain.dark = sceneLevels.dark
            }
            let result = registration.align(frame, to: background, localGain: localGain)
            alignment = result.alignment
            isReliable = result.isReliable
            noteGust(frame, displacement: alignment.displacement, isReliable: isReliable)
            status.isRegistered = result.isReliable && result.hasStructure
        }
        pictureChange.load(frame, background: background, alignment: alignment)
        if configuration.registersScene { alignment = pictureChange.refine() }
        let change = pictureChange.result()
        status.medianNoiseADU = change.noise
        background.setTypicalDeviation(Float(change.noise))
        if !configuration.registersScene {
            alignment.level = change.level
        }
        guard background.framesLearnt > 8 else { return (alignment, false) }
        if configuration.registersScene, isReliable, background.framesLearnt > 16 {
            pictureChange.follow(&localGain)
            unevenness = max(pictureChange.unevenness, 0.995 * unevenness)
        }
        let limit = configuration.registersScene ? 0.25 : 0.08
        let jumps = !configuration.registersScene && abs(change.level) > 5 * max(change.noise, 0.5)
        return (alignment, !isReliable || jumps || change.changedFraction > limit)
    }

    /// Notes a sudden displacement: one that is far larger than the seeing's steps from frame to frame. The picture is
    /// smeared then, and parts of the scene come into view that the background does not know.
    private func noteGust(_ frame: Frame, displacement: SIMD2<Double>, isReliable: Bool) {
        let step = displacement - lastDisplacement
        lastDisplacement = displacement
        let square = (step * step).sum()
        if !isReliable || square > max(6.25, 25 * meanSquareStep) { lastGust = frame.index }
        meanSquareStep += (min(square, 9 * meanSquareStep + 0.01) - meanSquareStep) / 256
    }

    /// Sets a frame aside; begins anew when the picture stays changed.
    private func handleDisturbance(_ frame: Frame) -> [DetectedEvent] {
        disturbedInARow += 1
        status.disturbedFrames += 1
        status.isDegraded = true
        watchSelf(frame, alignment: nil)
        guard Double(disturbedInARow) > max(4, 0.5 * configuration.framesPerSecond) else { return [] }
        disturbedInARow = 0
        // Spots that were open belong to the change of the picture; tracks were seen before it.
        let tracks = motion.finish(threshold: control.value)
        flashes.restart()
        waitingFlashes.removeAll()
        history.removeAll()
        registration.restart()
        scan.restart()
        localGain.flatten()
        unevenness = 0
        steadyDisplacement = .zero
        background.restart()
        background.seed(frame)
        status.isWarmedUp = false
        return tracks.compactMap(event)
    }

    /// From the peaks of the filters to events.
    private func interpret(
        _ frame: Frame, alignment: SceneAlignment, evaluated: [FilterChannel]
    ) -> [DetectedEvent] {
        let candidates = test.singleFrame(
            scan.singleFrame.flatMap(\.peaks), frame: frame, alignment: alignment, background: background,
            threshold: control.value, limit: Detector.candidateLimit)
        let isFlooded =
            Double(candidates.count) > max(5 * control.average + 10, 20)
            || control.average > 2.5 * configuration.candidatesPerFrame
        control.update(count: candidates.count)
        updateStatus(isFlooded: isFlooded)
        let number = frame.index
        let (ready, free) = motion.advance(
            frame: number, candidates: candidates, threshold: control.value, isFlooded: isFlooded)
        let summed = test.summed(
            evaluated.filter(\.isWarmedUp).flatMap(\.peaks), frame: frame, alignment: alignment, background: background,
            threshold: FlashKeeper.triggerShare * alertThreshold, limit: 16)
        let still = free + summed
        waitingFlashes.append(
            contentsOf: flashes.advance(
                candidates: still, raise: alertThreshold - fieldThreshold, isDegraded: isFlooded, history: history,
                background: background))
        return ready.compactMap(event) + judgeFlashes(now: number)
    }

    /// Lets the self-watch see a frame, with the state that it was searched with.
    private func watchSelf(_ frame: Frame, alignment: SceneAlignment?) {
        let goal = configuration.registersScene ? alertThreshold : control.value
        // In a flood only what stands well above the threshold is believed.
        let isFlooded = status.isDegraded && !isCluttered
        var updated = status
        selfWatch.observe(frame, background: background, alignment: alignment, status: &updated) { alignment in
            ShadowSearch(
                alignment: alignment, background: background,
                sigmas: Set(scan.singleFrame.map(\.kernel.sigma)).sorted(),
                test: test,
                candidateThreshold: control.value, goalThreshold: isFlooded ? 1.5 * goal : goal,
                outputWidth: { [scan] sigma, column, row in
                    let channels = scan.singleFrame.lazy.filter { $0.kernel.sigma == sigma }
                    return channels.compactMap { $0.outputWidth(column: column, row: row) }.first ?? 1
                },
                isVetoed: { [restless = motion.restless, flashPlaces] place in
                    restless.isRestless(place, frame: frame.index) || flashPlaces.isRestless(place, frame: frame.index)
                })
        }
        status = updated
    }

    private func updateStatus(isFlooded: Bool) {
        status.thresholdSigma = alertThreshold
        status.candidateThresholdSigma = control.value
        status.candidatesPerFrame = control.average
        status.statisticScale = Double(scan.singleFrame.reduce(1) { max($0, $1.frameScale) })
        status.maskedFraction = Double(background.maskedCount) / Double(searched.pixelCount)
        status.isDegraded = isFlooded || isCluttered
    }

    /// Judges the still spots that are over.
    private func judgeFlashes(now: Int) -> [DetectedEvent] {
        defer { waitingFlashes.removeAll(keepingCapacity: true) }
        return waitingFlashes.compactMap { closed in
            var flash = closed
            flash.isMoving = motion.tracks.contains { isPart(flash, of: $0) }
            if let last = flash.samples.last?.frame, let first = flash.samples.first?.frame, lastGust <= last,
                Double(first - lastGust) < configuration.framesPerSecond
            {
                flash.wasDisturbed = true
            }
            // Restless before it began: a flash of many frames makes its own place restless.
            let before = min(flash.strongest.frame, flash.samples.first?.frame ?? .max) - 1
            flash.isRestless =
                flashPlaces.isRestless(flash.place, frame: before)
                || motion.restless.isRestless(flash.place, frame: before)
            flashPlaces.note(flash.place, frame: flash.strongest.frame)
            let rate = builder.falseAlarmsPerHour(max(flash.strongest.statistic, flash.threshold))
            if flash.misfit.sharp > 0, flashClassifier.isSharp(flash), noteHotPixel(flash) { return nil }
            guard isInside(flash.place), flashClassifier.isWorthTelling(flash), !wasTold(flash) else { return nil }
            let verdict = flashClassifier.judge(
                flash, circumstances: circumstances(flash), falseAlarmsPerHour: rate)
            if verdict.isAlert, flash.samples.count <= 3 {
                shortSpots.append((flash.place, flash.strongest.frame))
            }
            var event = builder.event(flash, verdict: verdict) { records[$0] }
            event?.framePeakFitted = flash.peakFrame
            return event
        }
    }

    /// True if a still spot is a piece of a moving track or of its continuation: what flares up or comes out of the glare
    /// is noticed in places only.
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
    private func circumstances(_ flash: ClosedFlash) -> FlashCircumstances {
        var result = FlashCircumstances()
        guard configuration.registersScene, let first = flash.samples.first?.frame,
            let last = flash.samples.last?.frame
        else { return result }
        result.passingLight = PassingLight.significance(
            at: flash.place, sigma: flash.sigma, event: first...last, history: history, background: background)
        if unevenness > 0 {
            result.cloudError =
                unevenness
                * FlashCircumstances.sceneFlux(
                    at: flash.place, sigma: flash.sigma, dark: sceneLevels.dark, background: background)
        }
        if configuration.target == .jupiter {
            result.isOnTarget = FlashCircumstances.isOnDisk(
                flash.place, sigma: flash.sigma, levels: sceneLevels, background: background)
        }
        // Strobes of aircraft come once in 0.7…1.4 seconds, often on two lamps.
        let memory = Int(3 * configuration.framesPerSecond)
        shortSpots.removeAll { first - $0.frame > memory }
        // What shines in several places at once is the picture's own: an edge that jumped, a lit cloud.
        let simultaneous = waitingFlashes.filter { other in
            other.samples.count <= 3 && abs(other.strongest.frame - flash.strongest.frame) <= 1
                && !flashClassifier.isSharp(other)
        }
        let others = (shortSpots + simultaneous.map { (place: $0.place, frame: $0.strongest.frame) }).map { spot in
            (
                distance: MovingTrack.distance(spot.place, flash.place),
                seconds: Double(abs(first - spot.frame)) / configuration.framesPerSecond
            )
        }
        result.companion = others.first { $0.distance > 8 }
        return result
    }

    /// True if enough of the surroundings of a still spot lie in the frame to tell it from the frame's edge.
    private func isInside(_ place: SIMD2<Double>) -> Bool {
        let margin = 4.0
        return place.x >= margin && place.y >= margin && place.x <= Double(searched.width - 1) - margin
            && place.y <= Double(searched.height - 1) - margin
    }

    /// True if the flash is the rest of one that was told already; otherwise remembers it.
    private func wasTold(_ flash: ClosedFlash) -> Bool {
        guard let first = flash.samples.first?.frame, let last = flash.samples.last?.frame else { return true }
        toldFlashes.removeAll { first - $0.last > 1000 }
        let known = toldFlashes.contains {
            $0.first <= last && $0.last >= first
                && MovingTrack.distance($0.place, flash.place) <= 3 + 2 * flash.sigma
        }
        if !known { toldFlashes.append((flash.place, first, last)) }
        return known
    }

    /// Notes a sharp spot on the sensor; true if the pixel is known to be hot.
    private func noteHotPixel(_ flash: ClosedFlash) -> Bool {
        guard let sample = flash.samples.isEmpty ? nil : flash.samples[flash.peak] else { return false }
        let place = flash.place + records[sample.frame].displacement
        let column = Int(place.x.rounded())
        let row = Int(place.y.rounded())
        guard (0..<searched.width).contains(column), (0..<searched.height).contains(row) else { return false }
        // A particle's charge is read out with its frame; what shines on is the pixel itself.
        let shinesOn = flash.samples.count >= 4
        let isHot = hotPixels.note(column: column, row: row, frame: sample.frame) || shinesOn
        if isHot { background.exclude(column: column, row: row) }
        return isHot
    }

    private func event(_ track: MovingTrack) -> DetectedEvent? {
        let verdict = motionClassifier.judge(track)
        let middle = track.points[track.points.count / 2].place
        let column = min(max(Int(middle.x.rounded()), 0), searched.width - 1)
        let row = min(max(Int(middle.y.rounded()), 0), searched.height - 1)
        return builder.event(
            track, verdict: verdict, threshold: control.value, background: Double(background.mean[column, row]),
            noise: Double(background.deviation[column, row])
        ) { records[$0] }
    }

    /// Moves the model after a scene that has drifted away, so that it stays within the frame. A gust of wind is over
    /// before it is followed.
    private func recenter(_ alignment: SceneAlignment) {
        let share = min(1, 1 / configuration.framesPerSecond)
        steadyDisplacement += share * (alignment.displacement - steadyDisplacement)
        let columns = Int(steadyDisplacement.x.rounded())
        let rows = Int(steadyDisplacement.y.rounded())
        let limit = min(24, min(searched.width, searched.height) / 8)
        guard abs(columns) > limit || abs(rows) > limit else { return }
        // Displacements count from the model's new place: it now stands where the scene is on average.
        background.scroll(columns: -columns, rows: -rows)
        steadyDisplacement -= SIMD2(Double(columns), Double(rows))
        lastDisplacement -= SIMD2(Double(columns), Double(rows))
        registration.modelMoved(columns: columns, rows: rows)
        history.modelMoved(columns: columns, rows: rows)
        records.modelMoved(columns: columns, rows: rows)
        scan.restart()
        flashes.restart()
        motion.restart()
        shortSpots.removeAll()
    }
}
