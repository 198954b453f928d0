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

    /// Watches until the source ends, fails, or `stop` is raised, which cancelling the task does, too.
    ///
    /// - Parameters:
    ///   - opened: is told of the source before its first frame, on the searching thread.
    ///   - handle: gets every event; alerts with their surroundings, others without. When it returns, the next one
    ///     comes.
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

    private func search(
        until stop: StopFlag, opened: @Sendable (SourceDescription) -> Void, into handoff: EvidenceHandoff
    ) throws -> Outcome {
        let source = try open()
        let description = source.description
        let detector = try Detector(configuration: detectorConfiguration(description), format: description.format)
        opened(description)
        let pipeline = ObservationPipeline(source: source, detector: detector)
        var collector = EvidenceCollector(limits: evidenceLimits)
        var outcome = Outcome()
        let interpreter = interpreter(description)
        var meanings: [String: EventMeaning] = [:]
        var number = 0
        do {
            try pipeline.run(until: stop) { frame, events in
                var complete = frame.map { collector.observe($0) } ?? []
                for event in events {
                    number += 1
                    if event.isAlert {
                        collector.collect(event, name: String(number))
                        // Now, while the background is still that of the event.
                        meanings[String(number)] = interpreter.meaning(of: event) {
                            detector.backgroundImage(inFrame: event.framePeak)
                        }
                    } else {
                        complete.append(Evidence(name: "", event: event, clip: nil))
                    }
                }
                complete += frame == nil ? collector.finish() : collector.takeCompleted()
                observe(pipeline.detectorStatus, pipeline.counts)
                for var evidence in complete {
                    evidence.meaning = meanings.removeValue(forKey: evidence.name)
                    handoff.send(evidence)
                }
            }
        } catch let error as CameraError {
            outcome.failure = error
        }
        outcome.counts = pipeline.counts
        outcome.detector = pipeline.detectorStatus
        return outcome
    }
}
