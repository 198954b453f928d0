// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

@testable import Agent

/// Recordings whose truth is known, small enough for a debug build.
enum RecordedScenes {
    /// Four seconds of the sky with a meteor in the third.
    static var meteor: SceneConfiguration {
        var scene = SceneConfiguration.sky(width: 160, height: 120, durationSeconds: 4, seed: 1)
        scene.inject(count: 1, signalToNoise: 60...60, kinds: [.meteor], seed: 1)
        return scene
    }

    /// Eight seconds of the Moon with a flash in the sixth.
    static var lunarFlash: SceneConfiguration {
        var scene = SceneConfiguration.moon(width: 160, height: 120, durationSeconds: 8, seed: 3)
        scene.events = [.lunarFlash(x: 48.7, y: 57, startSeconds: 5.27, strength: .signalToNoise(50))]
        return scene
    }

    /// The scene's frames, to be changed by a test.
    static func frames(of scene: SceneConfiguration) throws -> [Frame] {
        let source = try SimulatedScene(scene)
        var frames: [Frame] = []
        while let frame = try source.nextFrame() { frames.append(frame) }
        return frames
    }
}

extension Frame {
    /// The same picture at another place in the stream.
    func moved(to index: Int, time: FrameTime?) -> Frame {
        let copy = PixelBuffer(byteCount: format.byteCount)
        copy.withMutableBytes { target in withBytes { target.copyMemory(from: $0) } }
        return Frame(format: format, index: index, time: time, buffer: copy)
    }
}

/// Collects what a replay prints.
struct ReplayOutput {
    var lines: [ReplayLine] = []
    var outcome: Replay.Outcome
    var remarks: [String] = []

    /// The lines that report an alert.
    var alerts: [String] { lines.map(\.json).filter { $0.contains("\"alert\": true") } }
}

extension Replay.Options {
    /// A replay of one recording by the station of the tests.
    static func testing(_ path: String, target: ObservationTarget = .sky) -> Replay.Options {
        var configuration = Station.configuration
        configuration.target = target
        return Replay.Options(paths: [path], configuration: configuration, isConfigured: true)
    }

    /// Runs the replay to its end.
    func run() async throws -> ReplayOutput {
        let (lines, lineSink) = AsyncStream.makeStream(of: ReplayLine.self)
        let remarks = SentenceList()
        let outcome = try await Replay(self).run(line: { lineSink.yield($0) }, remark: { remarks.add($0) })
        lineSink.finish()
        var output = ReplayOutput(outcome: outcome, remarks: remarks.sentences)
        for await line in lines { output.lines.append(line) }
        return output
    }
}
