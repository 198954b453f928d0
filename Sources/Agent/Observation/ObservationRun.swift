// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import NIOPosix
import Synchronization
import UTC

/// One stream of frames watched to its end: searches on a thread of its own and hands over every event with its
/// evidence, in the order in which they became complete.
struct ObservationRun: Sendable {
    /// How a run ended.
    struct Outcome: Sendable {
        var counts = ObservationPipeline.Counts()
        /// Frames that came while the gate was closed.
        var framesPassed = 0
        /// Why the source gave no more frames; nil for the end of a recording, or when the run was stopped.
        var failure: CameraError?
        /// The detector's state at the end.
        var detector: DetectorStatus?
    }

    /// Opens the source; called on the searching thread.
    let open: @Sendable () throws(CameraError) -> any FrameSource
    /// Settings of the detector for the source's frames.
    let detectorConfiguration: @Sendable (SourceDescription) -> DetectorConfiguration
    /// Gives alerts their meaning.
    let interpreter: @Sendable (SourceDescription) -> EventInterpreter
    /// How much of the surroundings is kept.
    let evidenceLimits: EvidenceLimits
    /// Is told how well the detector sees, after every frame; called on the searching thread.
    var observe: @Sendable (DetectorStatus, ObservationPipeline.Counts) -> Void = { _, _ in }
    /// The campaign of this moment, nil if there is none; called on the searching thread, with every frame.
    var campaign: @Sendable () -> Campaign? = { nil }
    /// How the rows of the source's frames are exposed; nil for all at once.
    var shutter: @Sendable (SourceDescription) -> RollingShutter? = { _ in nil }
    /// Frames are searched while it is open.
    var gate = ViewGate()
    /// Is told of every frame that is not searched because the gate is closed; called on the searching thread.
    var pass: @Sendable () -> Void = {}

    /// Watches until the source ends, fails, or `stop` is raised, which cancelling the task does, too.
    ///
    /// - Parameters:
    ///   - opened: is told of the source before the first frame that is searched, and again after the gate was
    ///     closed; on the searching thread.
    ///   - handle: gets every event; alerts, and all of a campaign, with their surroundings, others without. When it
    ///     returns, the next one comes.
    /// - Throws: what opening the source or making the detector throws, or `handle`.
    func run(
        until stop: StopFlag, threadPool: NIOThreadPool, opened: @escaping @Sendable (SourceDescription) -> Void,
        handle: @Sendable (Evidence) async throws -> Void
    ) async throws -> Outcome {
        let handoff = EvidenceHandoff()
        return try await withTaskCancellationHandler {
            async let outcome = threadPool.runIfActive {
                defer { handoff.finish() }
                return try search(until: stop, opened: opened, into: handoff)
            }
            do {
                for await evidence in handoff.stream {
                    defer { handoff.release() }
                    try await handle(evidence)
                }
            } catch {
                // The searching thread may be waiting for a place: it must end before the error goes up.
                stop.raise()
                handoff.abandon()
                _ = try? await outcome
                throw error
            }
            return try await outcome
        } onCancel: {
            stop.raise()
            handoff.abandon()
        }
    }

    /// Searches the source's frames whenever the gate is open, each time with a detector that learns the scene anew.
    private func search(
        until stop: StopFlag, opened: @Sendable (SourceDescription) -> Void, into handoff: EvidenceHandoff
    ) throws -> Outcome {
        let source = try open()
        let description = source.description
        var outcome = Outcome()
        var ending = ObservationPipeline.Ending.obstructed
        do {
            while ending == .obstructed {
                let detector = try Detector(
                    configuration: detectorConfiguration(description), format: description.format)
                guard try passFrames(of: source, until: stop, count: &outcome.framesPassed) else { break }
                opened(description)
                ending = try search(source, with: detector, until: stop, into: handoff, outcome: &outcome)
            }
        } catch let error as CameraError {
            outcome.failure = error
        }
        return outcome
    }

    /// Lets frames go while the gate is closed. The camera goes on meanwhile: it keeps its settings, and the first frame
    /// after the gate has opened is as good as any.
    ///
    /// - Returns: true once the gate is open, false if the frames end before or `stop` is raised.
    private func passFrames(
        of source: any FrameSource, until stop: StopFlag, count: inout Int
    ) throws(CameraError) -> Bool {
        while !gate.isOpen {
            guard !stop.isRaised, try source.nextFrame() != nil else { return false }
            count += 1
            pass()
        }
        return true
    }

    /// Searches until the source ends, the gate closes or `stop` is raised.
    private func search(
        _ source: any FrameSource, with detector: Detector, until stop: StopFlag, into handoff: EvidenceHandoff,
        outcome: inout Outcome
    ) throws -> ObservationPipeline.Ending {
        let pipeline = ObservationPipeline(source: source, detector: detector)
        let earlier = outcome.counts
        defer {
            outcome.counts = earlier + pipeline.counts
            outcome.detector = pipeline.detectorStatus
        }
        var collector = EvidenceCollector(limits: evidenceLimits)
        let interpreter = interpreter(source.description)
        let shutter = shutter(source.description)
        var notes: [String: (meaning: EventMeaning?, campaign: Campaign?)] = [:]
        var number = 0
        let usualFalseAlarmsPerHour = detectorConfiguration(source.description).falseAlarmsPerHour
        return try pipeline.run(until: stop, gate: gate) { frame, events in
            var complete = frame.map { collector.observe($0) } ?? []
            let campaign = campaign()
            for event in events {
                let event = shutter?.corrected(event) ?? event
                number += 1
                if event.isAlert || campaign != nil {
                    collector.collect(event, name: String(number))
                    // Now, while the background is still that of the event.
                    let meaning =
                        event.isAlert
                        ? interpreter.meaning(of: event) { detector.backgroundImage(inFrame: event.framePeak) } : nil
                    notes[String(number)] = (meaning, campaign)
                } else {
                    complete.append(Evidence(name: "", event: event, clip: nil))
                }
            }
            complete += frame == nil ? collector.finish() : collector.takeCompleted()
            observe(pipeline.detectorStatus, pipeline.counts)
            for var evidence in complete {
                if let note = notes.removeValue(forKey: evidence.name) {
                    (evidence.meaning, evidence.campaign) = note
                }
                handoff.send(evidence)
            }
            detector.accept(falseAlarmsPerHour: campaign?.falseAlarmsPerHour ?? usualFalseAlarmsPerHour)
        }
    }
}
