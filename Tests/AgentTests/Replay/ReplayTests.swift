// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing
import UTC
import VOEvent

@testable import Agent

@Suite struct ReplayTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func record(_ scene: SceneConfiguration, as name: String) throws -> SceneRecording {
        try SceneRecording.write(scene, to: directory.file(name))
    }

    /// The number after `"name": ` in a line of JSON.
    private func number(_ name: String, in json: String) throws -> Double {
        let parts = json.split(separator: "\"\(name)\": ")
        let text = try #require(parts.dropFirst().first).prefix { "0123456789.-e".contains($0) }
        return try #require(Double(text), "\(name) in \(json)")
    }

    @Test func `The flash of a simulated Moon is found where and when it happened`() async throws {
        let recording = try record(RecordedScenes.lunarFlash, as: "moon.ser")
        let output = try await Replay.Options.testing(recording.path, target: .moon).run()
        #expect(output.outcome.failures.isEmpty)
        let alert = try #require(output.alerts.first)
        #expect(output.alerts.count == 1)
        let truth = try #require(recording.truth.first)
        #expect(alert.contains(#""kind": "lunar_flash""#))
        #expect(abs(try number("frame_peak", in: alert) - Double(truth.frameFirst)) <= 2)
        #expect(abs(try number("x", in: alert) - 48.7) < 1)
        #expect(abs(try number("y", in: alert) - 57) < 1)
        #expect((35...60).contains(try number("snr", in: alert)))
        #expect(alert.contains(#""ivorn": "ivo://psws.irap/flashes#pic-du-midi-20260321T200005"#))
        #expect(output.outcome.summary.frames == recording.frameCount && output.outcome.summary.dropped == 0)
        #expect(output.outcome.summary.events == output.lines.count)
        #expect(output.outcome.summary.processorSeconds > 0)
    }

    @Test func `A YUV4MPEG2 stream has no times until they are given`() async throws {
        let recording = try record(RecordedScenes.meteor, as: "sky.y4m")
        var options = Replay.Options.testing(recording.path)
        let timeless = try await options.run()
        let alert = try #require(timeless.alerts.first)
        #expect(alert.contains(#""time_peak": null"#) && !alert.contains("ivorn"))
        #expect(timeless.remarks.contains { $0.contains("no times, so no VOEvent can be made: give its start") })
        #expect(timeless.outcome.failures.isEmpty)

        options.start = UTCInstant(iso8601: "2026-08-12T22:00:00Z")
        let timed = try await options.run()
        #expect(timed.alerts.first?.contains(#""time_peak": "2026-08-12T22:00:02."#) == true)
        #expect(timed.alerts.first?.contains("#pic-du-midi-20260812T220002.") == true)
    }

    @Test func `The same frames give the same events, whatever file they come from`() async throws {
        let ser = try record(RecordedScenes.meteor, as: "sky.ser")
        let y4m = try record(RecordedScenes.meteor, as: "sky.y4m")
        func tracks(_ path: String) async throws -> [Substring] {
            try await Replay.Options.testing(path).run().lines.compactMap {
                $0.json.split(separator: "\"track\": ").last
            }
        }
        let first = try await tracks(ser.path)
        #expect(!first.isEmpty)
        #expect(try await tracks(ser.path) == first)
        #expect(try await tracks(y4m.path) == first)
    }

    @Test func `Evidence and event of every alert are written where the operator wants them`() async throws {
        let recording = try record(RecordedScenes.meteor, as: "sky.ser")
        var options = Replay.Options.testing(recording.path)
        options.evidenceDirectory = directory.file("evidence")
        let output = try await options.run()
        #expect(output.outcome.failures.isEmpty)
        let names = try directory.names(in: "evidence")
        #expect(names.count == 1 && output.alerts.count == 1)
        let files = try directory.names(in: "evidence/" + (names.first ?? ""))
        #expect(files.contains("event.xml") && files.count == 4)
        let packet = try VOEventReader().read(try directory.read("evidence/\(names.first ?? "")/event.xml")).packet
        #expect(output.alerts.first?.contains("\"\(packet.ivorn)\"") == true)
    }

    @Test func `An evidence directory that cannot be made is a failure, and the event is told all the same`()
        async throws
    {
        let recording = try record(RecordedScenes.meteor, as: "sky.ser")
        var options = Replay.Options.testing(recording.path)
        options.evidenceDirectory = recording.path
        let output = try await options.run()
        #expect(output.alerts.count == 1)
        #expect(output.outcome.failures.count == 1)
        #expect(output.outcome.failures.first?.contains(recording.path) == true)
    }

    @Test func `An unconfigured replay that sends nothing names nobody`() async throws {
        let recording = try record(RecordedScenes.meteor, as: "sky.ser")
        let options = Replay.Options(paths: [recording.path], configuration: .standard(for: .sky), isConfigured: false)
        let output = try await options.run()
        #expect(output.alerts.count == 1 && output.alerts.first?.contains("ivorn") == false)
    }
}
