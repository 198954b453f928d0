// SPDX-License-Identifier: Apache-2.0

import Camera
import Settings
import Testing
import UTC

@testable import Agent

@Suite struct TimingCalibrationTests {
    private let directory: TemporaryDirectory
    private let source: SourceDescription

    init() throws {
        directory = try TemporaryDirectory()
        source = try LampScene(.init()).description
    }

    private var calibration: TimingCalibration {
        TimingCalibration(
            measured: LampScene.start, settings: .init(source), latencySeconds: 0.0123, latencyErrorSeconds: 0.0001,
            jitterSeconds: 0.0002, row: 12.5)
    }

    @Test func `What is written is read again, whatever the driver calls the camera`() throws {
        let file = TimingCalibrationFile(path: directory.path + "/timing.yaml")
        #expect(try file.read() == nil)
        try file.write(calibration)
        try file.write(calibration)
        #expect(try file.read() == calibration)
    }

    @Test func `It lies beside the outbox`() {
        var configuration = AgentConfiguration.standard(for: .moon)
        configuration.outbox.directory = "/var/lib/psws-agent/outbox"
        #expect(TimingCalibrationFile(of: configuration).path == "/var/lib/psws-agent/timing.yaml")
    }

    @Test func `A broken file says where`() throws {
        let path = directory.path + "/timing.yaml"
        try DurableFiles().createFile(path, Array("measured: yesterday\nlatency: 3\n".utf8))
        let error = #expect(throws: ConfigurationError.self) { try TimingCalibrationFile(path: path).read() }
        #expect(error?.mistakes.contains { $0.key == "latency" } == true)
    }

    @Test func `It holds for the settings with which it was measured alone`() {
        #expect(calibration.holds(for: source))
        var other = source
        other.exposureSeconds = 0.01
        #expect(!calibration.holds(for: other))
        other = source
        other.framesPerSecond = 30
        #expect(!calibration.holds(for: other))
        other = source
        other.instrument = "another"
        #expect(calibration.settings.differences(from: .init(other)) == ["camera 'Lamp's \"eye\" (test)'"])
    }

    @Test func `Events name the latency that was taken off`() {
        var configuration = AgentConfiguration.standard(for: .moon)
        let clock = ClockEvidence(
            sampledAt: LampScene.start, isSynchronised: true, estimatedErrorSeconds: 1e-4, maximumErrorSeconds: 1e-3)
        let time = FrameTime(
            middleOfExposure: LampScene.start, uncertaintySeconds: 1e-4, origin: .driverEndOfFrame)
        let context = ObservationContext(configuration: configuration, source: source, calibration: calibration)
        #expect(
            TimeEvidence(time: time, clock: clock, timing: context.timing).method.hasSuffix(
                "Corrected for stamps 12.300 ms ± 0.224 ms late, measured 2026-11-23T18:00:00Z, "
                    + "with a light in the field of view."))
        var other = source
        other.exposureSeconds = 0.001
        #expect(
            ObservationContext(configuration: configuration, source: other, calibration: calibration).timing == nil)
        configuration.camera.kind = .v4l2
        configuration.camera.device.latencySeconds = 0.004
        configuration.camera.device.latencyErrorSeconds = 0.001
        #expect(
            ObservationContext(configuration: configuration, source: source, calibration: calibration).timing
                == "Corrected for stamps 4.000 ms ± 1.000 ms late, as configured.")
    }
}
