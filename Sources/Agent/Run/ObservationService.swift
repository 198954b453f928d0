// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import Glibc
import Logging
import NIOPosix
import Telemetry
import UTC

/// Watches the camera for as long as the agent runs; one that is gone is waited for.
struct ObservationService: Sendable {
    let configuration: AgentConfiguration
    let outbox: Outbox
    let unstored: UnstoredAlerts
    let pins: StationPins
    let clock: ClockWatch
    let logger: Logger
    let report: ServiceReport
    let sight: SightWatch
    let gaps: GapRecord
    let cameraRecord: CameraRecord
    let campaigns: CampaignWatch?

    /// Seconds between attempts to store what found no room.
    private static let storingIntervalSeconds = 5.0
    /// Seconds between looks at whether frames come, and between metrics.
    private static let sightIntervalSeconds = 5.0
    /// Seconds that the broker is given after the last frame of a recording.
    private static let drainSeconds = 60.0
    /// Seconds after which what has not got on hangs: opening a camera, waiting for a frame and storing an event take a
    /// few seconds at the worst, on a slow disk some tens. A camera that gives no frames says so within six.
    private static let patienceSeconds = 60.0
    /// Waits before a camera is opened again: short at first, because most come back at once, then half a minute.
    private static let reopening = RetryBackoff(firstSeconds: 0.5, maximumSeconds: 30)

    /// Observes until the frames end, for good, or `stop` is raised.
    ///
    /// - Throws: `CameraError` if a recording cannot be read, `DetectionError` for impossible settings.
    func run(until stop: StopFlag) async throws {
        let threadPool = NIOThreadPool(numberOfThreads: 1)
        threadPool.start()
        let result: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await storeLater() }
                group.addTask { await watchSight() }
                defer { group.cancelAll() }
                try await watch(until: stop, on: threadPool)
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await store()
        try? await threadPool.shutdownGracefully()
        report.release(.observation)
        try result.get()
    }

    /// Stores what found no room, for as long as the agent runs.
    private func storeLater() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(Self.storingIntervalSeconds))
            if !Task.isCancelled { await store() }
        }
    }

    /// Looks after frames that do not come, and writes the metrics, for as long as the agent runs.
    private func watchSight() async {
        while !Task.isCancelled {
            sight.tick(expectsFrames: configuration.camera.kind == .v4l2)
            try? await Task.sleep(for: .seconds(Self.sightIntervalSeconds))
        }
    }

    private func store() async {
        for publication in await unstored.store(now: .now()) { tell(publication) }
    }

    private func watch(until stop: StopFlag, on threadPool: NIOThreadPool) async throws {
        var failures = 0
        var lastFailure: CameraError?
        var generator = SystemRandomNumberGenerator()
        let path = configuration.camera.device.path
        let cameraReturn = CameraReturn(clock: ContinuousClock()) { access(path, F_OK) == 0 }
        while !stop.isRaised {
            let failure: CameraError
            var frames = 0
            do {
                let outcome = try await observe(until: stop, on: threadPool)
                let counts = outcome.counts
                let seen = sight.summary.map { "; \($0)" } ?? ""
                logger.info(
                    "\(counts.frames) frames searched, \(counts.dropped) lost, \(counts.events) events\(seen)")
                guard let error = outcome.failure else { return await finish(until: stop) }
                frames = outcome.counts.frames + outcome.framesPassed
                // A frozen camera gives frames without being well.
                if frames > 0, error.code != .frozen { (failures, lastFailure) = (0, nil) }
                failure = error
            } catch let error as CameraError {
                failure = error
            }
            guard configuration.camera.kind == .v4l2 else {
                await finish(until: stop)
                throw failure
            }
            gaps.begin(GapReason(failure), failure.message)
            if await revive(after: failure, framesBefore: frames, until: stop) {
                (failures, lastFailure) = (0, failure)
                continue
            }
            if [.stalled, .inputOutput, .frozen].contains(failure.code) { cameraRecord.count(.reopen) }
            failures += 1
            let seconds = Self.reopening.wait(afterFailures: failures, using: &generator)
            // One line when the state changes, not one for every attempt of a night.
            let level: Logger.Level = failure == lastFailure ? .debug : .warning
            logger.log(level: level, "\(failure); opening the camera again, next in \(seconds.fixed(1)) s")
            report.say { $0.activity = "waiting for the camera: \(failure.message)" }
            report.promise(.observation, within: seconds + Self.patienceSeconds)
            lastFailure = failure
            // What has just been plugged in may need some attempts until its permissions are set: quick ones again.
            if await cameraReturn.wait(seconds: seconds, until: stop) { failures = 0 }
        }
    }

    /// Switches the camera off and on if that can be done and is due; true if it was.
    private func revive(after failure: CameraError, framesBefore: Int, until stop: StopFlag) async -> Bool {
        let isRevived = await pins.cameraPower?.revive(after: failure, framesBefore: framesBefore) { seconds in
            cameraRecord.count(.powerCycle)
            gaps.begin(.powerCycle, failure.message)
            report.say { $0.activity = "the camera is switched off for \(seconds.fixed(1)) s: \(failure.message)" }
            report.promise(.observation, within: seconds + Self.patienceSeconds)
            await pause(seconds: seconds, until: stop)
        }
        return isRevived == true
    }

    private func observe(until stop: StopFlag, on threadPool: NIOThreadPool) async throws -> ObservationRun.Outcome {
        let configuration = configuration
        let logger = logger
        let outbox = outbox
        let publishing = LatePublisher()
        let sight = sight
        let report = report
        let framePatienceSeconds = framePatienceSeconds
        let (gaps, cameraRecord, view) = (gaps, cameraRecord, pins.view)
        // A scene of many events is computed before its first frame, for minutes on a slow board.
        if configuration.camera.kind == .v4l2 { report.promise(.observation, within: Self.patienceSeconds) }
        let calibration = timingCalibration()
        let run = ObservationRun(
            open: { () throws(CameraError) in
                let (source, notices) = try configuration.camera.open(
                    target: configuration.target, start: .now(), calibration: calibration, record: cameraRecord
                ) { failure in
                    logger.warning("\(failure); starting its stream anew")
                    gaps.begin(.stalled, failure.message)
                }
                for notice in notices { logger.notice("camera: \(notice)") }
                return source
            },
            detectorConfiguration: {
                DetectorConfiguration(target: configuration.target, settings: configuration.detection, source: $0)
            },
            interpreter: { EventInterpreter(configuration: configuration, source: $0) },
            evidenceLimits: configuration.evidence.limits,
            observe: {
                sight.takeFrame($0, counts: $1)
                gaps.takeFrame()
                if let framePatienceSeconds { report.promise(.observation, within: framePatienceSeconds) }
            },
            campaign: { [campaigns] in campaigns?.campaign },
            shutter: { RollingShutter.of(configuration.camera, source: $0, calibration: calibration) },
            gate: pins.view.gate,
            pass: {
                sight.passFrame()
                if let obstruction = view.obstruction { gaps.begin(GapReason(obstruction), obstruction.sentence) }
                if let framePatienceSeconds { report.promise(.observation, within: framePatienceSeconds) }
            })
        return try await run.run(
            until: stop, threadPool: threadPool,
            opened: { source in
                publishing.set(
                    EventPublisher(
                        context: ObservationContext(
                            configuration: configuration, source: source, calibration: calibration),
                        destination: .outbox(outbox)))
                sight.beginStream()
                logger.info("watching \(source.name), \(EventWords.stream(source))")
                report.say { $0.activity = "watching \(source.name)" }
            }
        ) { evidence in
            report.promise(.storing, within: Self.patienceSeconds)
            defer { report.release(.storing) }
            let line = ReplayLine(evidence.event, ivorn: nil, meaning: evidence.meaning)
            guard evidence.event.isAlert, let publisher = publishing.publisher else {
                logger.info("\(line.text)")
                if evidence.campaign != nil, let publisher = publishing.publisher {
                    keepCandidate(evidence, publisher)
                }
                return
            }
            logger.notice("\(line.text)")
            await store()
            let clock = configuration.camera.kind == .v4l2 ? self.clock.evidence() : nil
            do {
                tell(try await publisher.publish(evidence, clock: clock, now: .now()))
            } catch {
                // The event stands in the journal, whole, whatever happens to this process.
                logger.critical("an event could not be stored: \(error)", metadata: ["detected": .string(line.json)])
                if error is OutboxError { await unstored.keep(evidence, clock: clock, publisher: publisher) }
            }
        }
    }

    /// Keeps what was no alert, but was seen in a campaign.
    private func keepCandidate(_ evidence: Evidence, _ publisher: EventPublisher) {
        guard let forecast = configuration.forecast else { return }
        let shelf = CandidateShelf(besideOutbox: configuration.outbox, maximumBytes: forecast.candidateBytes)
        do {
            let name = publisher.name(of: evidence.event).description
            guard let path = try shelf.keep(evidence, name: name, with: publisher.evidenceWriter) else {
                logger.warning("no room for the candidate \(name): the disk is nearly full")
                return
            }
            logger.info("kept for the campaign: \(path)")
        } catch {
            logger.warning("a candidate could not be kept: \(error)")
        }
    }

    /// What `calibrate-timing` has measured; nil if nobody has, or if the file is no good.
    private func timingCalibration() -> TimingCalibration? {
        guard configuration.camera.kind == .v4l2 else { return nil }
        do {
            return try TimingCalibrationFile(of: configuration).read()
        } catch {
            logger.warning("the camera's latency is not corrected: \(error); measure it again")
            return nil
        }
    }

    /// Seconds after which a frame that does not come means that somebody hangs; nil for recordings, because who writes
    /// into a pipe may take any time.
    private var framePatienceSeconds: Double? {
        guard configuration.camera.kind != .file else { return nil }
        return max(Self.patienceSeconds, 10 / (configuration.camera.framesPerSecond ?? .infinity))
    }

    private func tell(_ publication: EventPublisher.Publication) {
        var logger = logger
        logger[metadataKey: "event"] = publication.ivorn.map { .string($0) }
        for remark in publication.remarks + publication.failures { logger.warning("\(publication.name): \(remark)") }
        if let ivorn = publication.ivorn {
            logger.notice("\(ivorn) is in the outbox, \(publication.directories.joined(separator: " "))")
        }
    }

    /// After the last frame: lets the delivery finish its work.
    private func finish(until stop: StopFlag) async {
        guard !stop.isRaised, configuration.camera.kind != .v4l2 else { return }
        await OutboxDrain(outbox: outbox).waitUntilEmpty(seconds: Self.drainSeconds, until: stop)
        if let left = try? await outbox.pending().count, left > 0 {
            logger.warning("\(left) events wait in \(outbox.directory); the next run sends them")
        }
    }

    private func pause(seconds: Double, until stop: StopFlag) async {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end, !stop.isRaised { try? await Task.sleep(for: .milliseconds(100)) }
    }
}
