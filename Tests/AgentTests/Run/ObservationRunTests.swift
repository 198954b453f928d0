// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import NIOPosix
import Synchronization
import Testing

@testable import Agent

@Suite struct ObservationRunTests {
    private struct Refusal: Error {}

    private func run(
        _ source: @escaping @Sendable () throws(CameraError) -> any FrameSource, until stop: StopFlag = StopFlag(),
        gate: ViewGate = ViewGate(), opened: @escaping @Sendable (SourceDescription) -> Void = { _ in },
        passed: @escaping @Sendable () -> Void = {},
        handle: @Sendable (Evidence) async throws -> Void
    ) async throws -> ObservationRun.Outcome {
        let pool = NIOThreadPool(numberOfThreads: 1)
        pool.start()
        let run = ObservationRun(
            open: source,
            detectorConfiguration: {
                DetectorConfiguration.standard(for: .sky, framesPerSecond: $0.framesPerSecond ?? 25)
            },
            interpreter: { EventInterpreter(configuration: .standard(for: .sky), source: $0, hasSite: false) },
            evidenceLimits: EvidenceLimits(), gate: gate, pass: passed)
        let result: Result<ObservationRun.Outcome, any Error>
        do {
            result = .success(try await run.run(until: stop, threadPool: pool, opened: opened, handle: handle))
        } catch {
            result = .failure(error)
        }
        try await pool.shutdownGracefully()
        return try result.get()
    }

    private static func meteor() throws(CameraError) -> any FrameSource { try SimulatedScene(RecordedScenes.meteor) }

    @Test func `Events come in order with their surroundings, and the counts are right`() async throws {
        let clips = Mutex<[Bool]>([])
        let outcome = try await run(Self.meteor) { evidence in
            clips.withLock { $0.append(evidence.clip != nil) }
            #expect((evidence.clip != nil) == evidence.event.isAlert)
        }
        #expect(outcome.failure == nil && outcome.counts.frames == 100)
        #expect(outcome.counts.events == clips.withLock { $0.count })
        #expect(clips.withLock { $0.contains(true) })
        #expect(outcome.detector != nil)
    }

    @Test func `A handler that throws ends the run with its error`() async throws {
        await #expect(throws: Refusal.self) {
            _ = try await run({ () throws(CameraError) in
                RepeatingSource(try SimulatedScene(RecordedScenes.meteor), times: 40)
            }) { _ in
                throw Refusal()
            }
        }
    }

    @Test func `A cancelled run ends although nobody takes its events any more`() async throws {
        let task = Task {
            try await run({ () throws(CameraError) in
                RepeatingSource(try SimulatedScene(RecordedScenes.meteor), times: .max)
            }) { _ in
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        let outcome = try await task.value
        #expect(outcome.failure == nil)
    }

    @Test func `A raised flag ends an endless stream, with the events in progress`() async throws {
        let stop = StopFlag()
        let seen = Mutex(0)
        let outcome = try await run(
            { () throws(CameraError) in RepeatingSource(try SimulatedScene(RecordedScenes.meteor), times: .max) },
            until: stop
        ) { _ in
            seen.withLock { $0 += 1 }
            stop.raise()
        }
        #expect(outcome.failure == nil)
        #expect(outcome.counts.events == seen.withLock { $0 })
    }

    @Test func `A source that fails midway has its events told and its failure named`() async throws {
        let seen = Mutex<[DetectedEvent]>([])
        let outcome = try await run({ () throws(CameraError) in
            FailingSource(try SimulatedScene(RecordedScenes.meteor), afterFrames: 62)
        }) { evidence in seen.withLock { $0.append(evidence.event) } }
        #expect(outcome.failure?.code == .disconnected)
        #expect(outcome.counts.frames == 62)
        #expect(seen.withLock { $0.contains { $0.isAlert && $0.kind == .meteor } })
    }

    /// Runs the meteor's recording, of which the gate lets some frames through.
    private func runGated(
        _ isOpen: @escaping @Sendable (_ frame: Int) -> Bool
    ) async throws -> (outcome: ObservationRun.Outcome, openings: Int, passed: Int, alerts: Int) {
        let gate = ViewGate(isOpen: isOpen(0))
        let openings = Mutex(0)
        let passed = Mutex(0)
        let alerts = Mutex(0)
        let outcome = try await run(
            { () throws(CameraError) in
                GatingSource(try SimulatedScene(RecordedScenes.meteor), gate: gate, isOpenAfter: isOpen)
            }, gate: gate, opened: { _ in openings.withLock { $0 += 1 } }, passed: { passed.withLock { $0 += 1 } }
        ) { evidence in
            if evidence.event.isAlert { alerts.withLock { $0 += 1 } }
        }
        return (outcome, openings.withLock { $0 }, passed.withLock { $0 }, alerts.withLock { $0 })
    }

    @Test func `Behind a closed gate nothing is searched, and the frames are let go`() async throws {
        let (outcome, openings, passed, alerts) = try await runGated { _ in false }
        #expect(outcome.failure == nil && outcome.counts == ObservationPipeline.Counts())
        #expect(openings == 0 && passed == 100 && outcome.framesPassed == 100 && alerts == 0)
    }

    @Test func `Searching begins with the first frame after the gate has opened`() async throws {
        let (outcome, openings, passed, alerts) = try await runGated { $0 >= 10 }
        #expect(openings == 1 && passed == 11 && outcome.counts.frames == 89 && alerts == 1)
    }

    @Test func `A gate that closes and opens gives a new stream, and what happened meanwhile is no event`() async throws
    {
        let (outcome, openings, passed, alerts) = try await runGated { !(40..<80).contains($0) }
        #expect(openings == 2 && passed == 40 && outcome.counts.frames == 60 && alerts == 0)
    }

    @Test func `What was seen before the gate closed is told`() async throws {
        let (outcome, openings, _, alerts) = try await runGated { $0 < 75 }
        #expect(openings == 1 && outcome.counts.frames == 76 && alerts == 1)
    }

    @Test func `A source that cannot be opened throws, and no event is handled`() async throws {
        await #expect(throws: CameraError.self) {
            _ = try await run({ () throws(CameraError) in
                throw CameraError(.cannotOpen, place: "/dev/video9", message: "is not there")
            }) { _ in Issue.record("there was nothing to handle") }
        }
    }
}

/// Gives the frames of a source again and again.
private final class RepeatingSource: FrameSource {
    let description: SourceDescription
    private var frames: [Frame] = []
    private var given = 0
    private let limit: Int

    init(_ source: any FrameSource, times: Int) {
        description = source.description
        while let frame = try? source.nextFrame() { frames.append(frame) }
        limit = times == .max ? .max : times * frames.count
    }

    func nextFrame() throws(CameraError) -> Frame? {
        guard given < limit, !frames.isEmpty else { return nil }
        let frame = frames[given % frames.count]
        let seconds = Double(given / frames.count) * Double(frames.count) / 25
        let time = frame.time.map {
            FrameTime(
                middleOfExposure: $0.middleOfExposure.advanced(bySeconds: seconds),
                uncertaintySeconds: $0.uncertaintySeconds, origin: $0.origin)
        }
        defer { given += 1 }
        return frame.moved(to: given, time: time)
    }
}

/// Fails as an unplugged camera does.
private final class FailingSource: FrameSource {
    private let source: any FrameSource
    private var framesLeft: Int

    init(_ source: any FrameSource, afterFrames count: Int) {
        self.source = source
        framesLeft = count
    }

    var description: SourceDescription { source.description }

    func nextFrame() throws(CameraError) -> Frame? {
        guard framesLeft > 0 else { throw CameraError(.disconnected, place: "camera", message: "was unplugged") }
        framesLeft -= 1
        return try source.nextFrame()
    }
}

/// Closes and opens a gate after certain frames.
private final class GatingSource: FrameSource {
    private let source: any FrameSource
    private let gate: ViewGate
    private let isOpenAfter: (_ frame: Int) -> Bool

    init(_ source: any FrameSource, gate: ViewGate, isOpenAfter: @escaping (_ frame: Int) -> Bool) {
        self.source = source
        self.gate = gate
        self.isOpenAfter = isOpenAfter
    }

    var description: SourceDescription { source.description }

    func nextFrame() throws(CameraError) -> Frame? {
        let frame = try source.nextFrame()
        if let frame { gate.set(isOpen: isOpenAfter(frame.index)) }
        return frame
    }
}
