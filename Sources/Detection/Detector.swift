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
    private let motionClassifier: MotionClassifier
    private var fieldThreshold: Double
    /// Peaks of pure noise an hour that are put up with at the moment.
    private var acceptedFalseAlarmsPerHour: Double
    private var aligner: SceneAligner
    private var test: CandidateTest
    private var control: ThresholdControl
    private var motion: MotionWatch
    private var flashes: FlashKeeper
    private var stillSpots: StillSpotJudge
    private var history: FrameHistory
    private var records = FrameRecords()
    private var repeats = RepeatedFrame()
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
        acceptedFalseAlarmsPerHour = configuration.falseAlarmsPerHour
        fieldThreshold = Detector.fieldThreshold(
            configuration, ratePerHour: configuration.falseAlarmsPerHour, searched: searched, filters: scan.filters)
        let flashThreshold = FlashThreshold(
            configuration, ratePerHour: configuration.falseAlarmsPerHour, pixelCount: searched.pixelCount)
        builder = EventBuilder(
            framesPerSecond: configuration.framesPerSecond, pixelCount: searched.pixelCount, filters: scan.filters,
            target: configuration.target, flashThreshold: flashThreshold)
        motionClassifier = MotionClassifier(
            configuration: configuration, width: searched.width, height: searched.height)
        aligner = SceneAligner(configuration: configuration, format: searched)
        test = CandidateTest(sigmas: sigmas, wanders: configuration.registersScene)
        control = ThresholdControl(floor: configuration.candidateFloorSigma, goal: configuration.candidatesPerFrame)
        stillSpots = StillSpotJudge(
            configuration: configuration, builder: builder, width: searched.width, height: searched.height)
        motion = MotionWatch(
            width: searched.width, height: searched.height, framesPerSecond: configuration.framesPerSecond,
            falseAlarmsPerHour: configuration.falseAlarmsPerHour)
        flashes = FlashKeeper(threshold: flashThreshold, configuration: configuration)
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

    /// Puts up with another rate of false alarms from the next frame on: thresholds fall, or go back, at once, and nothing
    /// that was learnt is lost.
    ///
    /// What passes only because of a higher rate than the configuration's is of class C and says so: its reasons hold
    /// `Reason.belowUsualThreshold`.
    ///
    /// - Parameter ratePerHour: peaks of pure noise an hour; at least the configuration's, below 1 000 000. What lies
    ///   outside is moved to the nearest end.
    public func accept(falseAlarmsPerHour ratePerHour: Double) {
        let usual = configuration.falseAlarmsPerHour
        let rate = ratePerHour.isFinite ? min(max(ratePerHour, usual), 999_999) : usual
        guard rate != acceptedFalseAlarmsPerHour else { return }
        acceptedFalseAlarmsPerHour = rate
        fieldThreshold = Detector.fieldThreshold(
            configuration, ratePerHour: rate, searched: searched, filters: scan.filters)
        flashes.threshold = FlashThreshold(configuration, ratePerHour: rate, pixelCount: searched.pixelCount)
        stillSpots.usualFalseAlarmsPerHour = rate > usual ? usual : nil
    }

    /// Signal to noise that pure noise passes so often an hour in one spot and frame.
    private static func fieldThreshold(
        _ configuration: DetectorConfiguration, ratePerHour: Double, searched: FrameFormat,
        filters: [FalseAlarm.Filter]
    ) -> Double {
        FalseAlarm.threshold(
            ratePerHour: ratePerHour, pixelCount: searched.pixelCount, framesPerSecond: configuration.framesPerSecond,
            filters: filters)
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
        if repeats.isRepeat(frame), status.isWarmedUp {
            selfWatch.skip(frame, background: background, status: &status)
            return []
        }
        guard background.framesLearnt > 0 else {
            background.seed(frame)
            return []
        }
        let found = aligner.align(frame, to: background)
        status.medianNoiseADU = found.noiseADU
        if let isRegistered = found.isRegistered { status.isRegistered = isRegistered }
        guard !found.isDisturbed else { return handleDisturbance(frame) }
        let alignment = found.alignment
        disturbedInARow = 0
        records.append(
            frame: frame.index, .init(time: frame.time, displacement: alignment.displacement))
        status.displacement = alignment.displacement
        status.isWarmedUp = background.framesLearnt >= configuration.warmUpFrames
        guard status.isWarmedUp || isRehearsal else {
            scan.learn(frame, background: background, alignment: alignment)
            if let cells = scan.cells { aligner.learn(cells, background: background) }
            watchSelf(frame, alignment: nil)
            return []
        }
        let evaluated = scan.run(
            frame, background: background, alignment: alignment,
            threshold: CandidateTest.firstThresholdShare * control.value,
            summedThreshold: noticedThreshold)
        if let cells = scan.cells { aligner.learn(cells, background: background) }
        history.append(.init(frame: frame, alignment: alignment))
        let events = interpret(frame, alignment: alignment, evaluated: evaluated)
        guard status.isWarmedUp else {
            watchSelf(frame, alignment: nil)
            return []
        }
        watchSelf(frame, alignment: alignment)
        recenter(alignment)
        return events
    }

    /// Ends the stream: gives the events that were still going on or waited for their judgement.
    public func finish() -> [DetectedEvent] {
        let tracks = motion.finish(threshold: control.value)
        stillSpots.add(flashes.finish(history: history, background: background))
        let events = tracks.compactMap(event) + stillSpots.judge(scene)
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

    /// The threshold of theory, raised where candidates flood the picture.
    private var alertThreshold: Double { fieldThreshold + control.value - configuration.candidateFloorSigma }

    /// Signal to noise from which on sums over frames are noticed.
    private var noticedThreshold: Double {
        max(configuration.candidateFloorSigma, FlashKeeper.triggerShare * alertThreshold)
    }

    /// True in the second half of the warm-up of a registered scene: frames are searched so that the noise of the
    /// filters and the restless places are known when the first event may be told, but nothing is told yet.
    private var isRehearsal: Bool {
        configuration.registersScene && 2 * background.framesLearnt >= configuration.warmUpFrames
    }

    /// True if meaningless spots have driven the threshold for candidates up to twice its floor.
    private var isCluttered: Bool { control.value > 2 * configuration.candidateFloorSigma }

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
        stillSpots.discard()
        history.removeAll()
        aligner.restart()
        scan.restart()
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
            threshold: noticedThreshold, limit: 16)
        let still = free + summed
        guard status.isWarmedUp else { return [] }
        stillSpots.add(
            flashes.advance(
                candidates: still, raise: alertThreshold - fieldThreshold, isDegraded: isFlooded, history: history,
                background: background
            ) { [scan] in scan.summedNoise })
        return ready.compactMap(event) + stillSpots.judge(scene)
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
                isVetoed: { [restless = motion.restless, ended = stillSpots.restlessPlaces] place in
                    restless.isRestless(place, frame: frame.index) || ended.isRestless(place, frame: frame.index)
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

    /// What the still spots are judged by.
    private var scene: StillSpotJudge.Scene {
        .init(
            history: history, background: background, records: records, motion: motion, gusts: aligner.gusts,
            levels: aligner.levels)
    }

    private func event(_ track: MovingTrack) -> DetectedEvent? {
        let verdict = motionClassifier.judge(track)
        let middle = track.points[track.points.count / 2].place
        let column = Int(middle.x.rounded())
        let row = Int(middle.y.rounded())
        return builder.event(
            track, verdict: verdict, threshold: control.value, background: background.mean(near: column, row),
            noise: background.deviation(near: column, row)
        ) { records[$0] }
    }

    /// Moves the model after a scene that has drifted away.
    private func recenter(_ alignment: SceneAlignment) {
        guard let (columns, rows) = aligner.drift(after: alignment) else { return }
        background.scroll(columns: -columns, rows: -rows)
        history.modelMoved(columns: columns, rows: rows)
        records.modelMoved(columns: columns, rows: rows)
        scan.scroll(columns: -columns, rows: -rows)
        flashes.restart()
        motion.restart()
        stillSpots.modelMoved()
    }
}
