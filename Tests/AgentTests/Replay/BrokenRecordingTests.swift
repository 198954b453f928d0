// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing
import UTC

@testable import Agent

/// What is wrong with a recording costs one message; what was seen before it is told.
@Suite struct BrokenRecordingTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func refusal(_ path: String) async throws -> CameraError {
        try await #require(throws: CameraError.self) { try await Replay.Options.testing(path).run() }
    }

    @Test(arguments: ["sky.ser", "sky.y4m"])
    func `A recording that breaks off gives its events first, then one failure`(name: String) async throws {
        let recording = try SceneRecording.write(RecordedScenes.meteor, to: directory.file(name))
        let whole = try await Replay.Options.testing(recording.path).run()
        let bytes = try bytes(ofFile: recording.path)
        // Some frames after the meteor, in the middle of one.
        let broken = try directory.write(Array(bytes.prefix(bytes.count * 8 / 10)), "broken-" + name)
        let output = try await Replay.Options.testing(broken).run()
        #expect(output.outcome.failures.count == 1)
        #expect(output.outcome.failures.first?.hasPrefix(broken) == true)
        #expect(output.alerts.count == 1 && whole.alerts.count == 1)
        let track = "\"track\": "
        #expect(output.alerts.first?.split(separator: track).last == whole.alerts.first?.split(separator: track).last)
        #expect((70...80).contains(output.outcome.summary.frames))
    }

    @Test func `A SER recording that breaks off says that its time stamps are gone, and the rate brings times back`()
        async throws
    {
        let recording = try SceneRecording.write(RecordedScenes.meteor, to: directory.file("sky.ser"))
        let whole = try await Replay.Options.testing(recording.path).run()
        let bytes = try bytes(ofFile: recording.path)
        let broken = try directory.write(Array(bytes.prefix(bytes.count * 8 / 10)), "broken.ser")
        var options = Replay.Options.testing(broken)
        options.framesPerSecond = 25
        let output = try await options.run()
        #expect(output.remarks.contains { $0.hasPrefix(broken) && $0.contains("no time stamps") })
        let ivorn = "\"ivorn\": "
        #expect(output.alerts.first?.contains(ivorn) == true)
        #expect(output.alerts.first?.split(separator: ivorn).last == whole.alerts.first?.split(separator: ivorn).last)
    }

    @Test func `A FITS cube that breaks off gives its events first, then one failure`() async throws {
        let frames = try RecordedScenes.frames(of: RecordedScenes.meteor)
        let path = directory.file("cube.fits")
        let writer = try FITSCubeWriter(path: path, format: frames[0].format)
        for frame in frames { try writer.append(frame) }
        try writer.finish()
        let whole = try await Replay.Options.testing(path).run()
        #expect(whole.alerts.count == 1 && whole.outcome.failures.isEmpty)
        let bytes = try bytes(ofFile: path)
        let broken = try directory.write(Array(bytes.prefix(160 * 120 * 80)), "broken.fits")
        let output = try await Replay.Options.testing(broken).run()
        #expect(output.alerts.count == 1)
        #expect(output.outcome.failures.count == 1 && output.outcome.failures.first?.contains(broken) == true)
    }

    @Test func `A file that is missing, a directory or empty is refused with one message`() async throws {
        #expect(try await refusal(directory.file("nothing.ser")).code == .cannotOpen)
        let ofDirectory = try await refusal(directory.path)
        #expect(ofDirectory.message == "is a directory")
        #expect(ofDirectory.remedy?.contains("*.fits") == true)
        #expect(try await refusal(try directory.write([], "empty.ser")).message == "is empty")
    }

    @Test(arguments: [
        ("PNG picture", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] as [UInt8]),
        ("MP4 or MOV video", [0, 0, 0, 0x20] + Array("ftypisom".utf8)),
    ])
    func `A mislabelled file is called what it is`(name: String, start: [UInt8]) async throws {
        let path = try directory.write(start + [UInt8](repeating: 0, count: 4096), "night.ser")
        let error = try await refusal(path)
        #expect(
            error.code == .unknownFormat && error.message.contains(name) && error.remedy?.contains("ffmpeg") == true)
    }

    @Test func `A header that promises more than there is, or nonsense, is refused`() async throws {
        let recording = try SceneRecording.write(RecordedScenes.meteor, to: directory.file("sky.ser"))
        let good = try bytes(ofFile: recording.path)
        let header = try directory.write(Array(good.prefix(100)), "header.ser")
        #expect(try await refusal(header).place.hasPrefix(header))
        var giant = good
        giant.replaceSubrange(26..<34, with: [0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F])
        let path = try directory.write(giant, "giant.ser")
        #expect(try await refusal(path).place.hasPrefix(path))
    }

    @Test func `Frames that change their size end the recording, after what was seen`() async throws {
        let recording = try SceneRecording.write(RecordedScenes.meteor, to: directory.file("sky.y4m"))
        let other = Array("YUV4MPEG2 W80 H60 F25:1 Ip A1:1 Cmono\nFRAME\n".utf8) + [UInt8](repeating: 9, count: 4800)
        let path = try directory.write(try bytes(ofFile: recording.path) + other, "changing.y4m")
        let output = try await Replay.Options.testing(path).run()
        #expect(output.alerts.count == 1)
        #expect(output.outcome.summary.frames == recording.frameCount)
        #expect(output.outcome.failures.count == 1 && output.outcome.failures.first?.hasPrefix(path) == true)
    }

    @Test func `Time stamps that go backwards neither stop the search nor confuse the events`() async throws {
        let frames = try RecordedScenes.frames(of: RecordedScenes.meteor)
        let path = directory.file("backwards.ser")
        let writer = try SERWriter(path: path, format: frames[0].format)
        for index in frames.indices {
            // A clock that was set back by a minute after the first second, and once more near the end.
            let seconds = Double(index) / 25 - (index > 25 ? 60 : 0) - (index > 90 ? 60 : 0)
            let time = FrameTime(
                middleOfExposure: Station.now.advanced(bySeconds: seconds), uncertaintySeconds: 0.01,
                origin: .recordedPerFrame)
            try writer.append(frames[index].moved(to: index, time: time))
        }
        try writer.finish()
        let output = try await Replay.Options.testing(path).run()
        #expect(output.alerts.count == 1 && output.alerts.first?.contains("ivorn") == true)
        #expect(output.outcome.summary.frames == frames.count)
    }
}
