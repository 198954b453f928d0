// SPDX-License-Identifier: Apache-2.0

import Camera
import Glibc
import Testing

@Suite struct SceneRecordingTests {
    /// A directory of its own for a test, removed afterwards.
    private func inDirectory(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/psws-scene-XXXXXX".utf8CString)
        let path = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer {
            for name in ["scene.ser", "scene.y4m", "scene.truth.csv", "scene.tracks.csv"] { unlink(path + "/" + name) }
            rmdir(path)
        }
        try body(path)
    }

    @Test(arguments: ["ser", "y4m"], [8, 12, 16])
    func `A scene that was written reads back the same`(ending: String, bits: Int) throws {
        var scene = SceneConfiguration.moon(width: 31, height: 20, durationSeconds: 0.5, bitsPerSample: bits)
        scene.inject(count: 1, signalToNoise: 20...20, kinds: [.lunarFlash], seed: 1)
        try inDirectory { directory in
            let recording = try SceneRecording.write(scene, to: "\(directory)/scene.\(ending)")
            #expect(recording.frameCount == 15)
            #expect(recording.eventsPath == directory + "/scene.truth.csv")
            #expect(recording.tracksPath == directory + "/scene.tracks.csv")
            #expect(access(directory + "/scene.truth.csv", R_OK) == 0)
            let expected = try SceneFixtures.frames(scene)
            let times = try SimulatedScene(scene)
            let source = try Recordings.open(paths: [recording.path])
            for index in 0..<15 {
                let frame = try #require(try source.nextFrame())
                #expect(SceneFixtures.samples(frame) == expected[index])
                guard ending == "ser", let time = frame.time else { continue }
                let middle = times.time(ofFrame: index).middleOfExposure
                #expect(abs(time.middleOfExposure.seconds(since: middle)) < 2e-7)
            }
            #expect(try source.nextFrame() == nil)
        }
    }

    @Test func `Another ending, a missing directory and a directory are refused with one clear message`() {
        let scene = SceneConfiguration.moon(width: 16, height: 16, durationSeconds: 0.1)
        for (path, code) in [
            ("/tmp/scene.mp4", CameraError.Code.unsupported), (".ser", .unsupported), ("", .unsupported),
            ("/nowhere/at/all/scene.ser", .cannotOpen),
        ] {
            let error = #expect(throws: CameraError.self) { try SceneRecording.write(scene, to: path) }
            #expect(error?.code == code, "\(path)")
        }
    }
}
