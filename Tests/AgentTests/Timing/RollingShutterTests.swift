// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import Testing
import UTC

@testable import Agent

@Suite struct RollingShutterTests {
    private let start = UTCInstant(nanosecondsSince1970: 1_795_377_600_000_000_000)

    /// Seconds by which the times of a flash at a row are moved.
    private func shift(row: Double, _ origin: FrameTime.Origin, _ shutter: RollingShutter) throws -> Double {
        let time = FrameTime(middleOfExposure: start, uncertaintySeconds: 0.001, origin: origin)
        var event = FlashScene().event
        event.y = row
        (event.timeStart, event.timePeak, event.timeEnd) = (time, time, time)
        event.track = (event.frameFirst...event.frameLast).map {
            TrackPoint(frame: $0, x: 3, y: row, fluxADU: 1, fluxErrorADU: 1, time: time)
        }
        let corrected = shutter.corrected(event)
        let seconds = try #require(corrected.timePeak).middleOfExposure.seconds(since: start)
        for other in [corrected.timeStart, corrected.timeEnd] + corrected.track.map(\.time) {
            #expect(abs(try #require(other).middleOfExposure.seconds(since: start) - seconds) < 1e-8)
        }
        return seconds
    }

    @Test func `A stamp of the start is that of the first row, one of the end that of the last`() throws {
        let shutter = RollingShutter(rowSeconds: 20e-6, rowCount: 1001)
        #expect(abs(try shift(row: 0, .driverStartOfExposure, shutter)) < 1e-8)
        #expect(abs(try shift(row: 750, .driverStartOfExposure, shutter) - 0.015) < 1e-8)
        #expect(abs(try shift(row: 0, .driverEndOfFrame, shutter) + 0.02) < 1e-8)
        #expect(abs(try shift(row: 750, .driverEndOfFrame, shutter) + 0.005) < 1e-8)
        #expect(abs(try shift(row: 1000, .hostArrival, shutter)) < 1e-8)
        #expect(abs(try shift(row: 500, .recordedPerFrame, shutter) - 0.01) < 1e-8)
    }

    @Test func `A sensor that is read from below has its first row at the bottom`() throws {
        let shutter = RollingShutter(rowSeconds: -20e-6, rowCount: 1001)
        #expect(abs(try shift(row: 1000, .driverStartOfExposure, shutter)) < 1e-8)
        #expect(abs(try shift(row: 0, .driverStartOfExposure, shutter) - 0.02) < 1e-8)
        #expect(abs(try shift(row: 0, .driverEndOfFrame, shutter)) < 1e-8)
    }

    @Test func `A simulated scene has exact times`() throws {
        #expect(try shift(row: 900, .simulated, RollingShutter(rowSeconds: 20e-6, rowCount: 1001)) == 0)
    }

    @Test func `After a calibration the row of the light is right`() throws {
        var camera = CameraConfiguration()
        camera.rowSeconds = 20e-6
        let source = try LampScene(.init()).description
        let calibration = TimingCalibration(
            measured: start, settings: .init(source), latencySeconds: 0.01, latencyErrorSeconds: 0, jitterSeconds: 0,
            row: 5)
        let shutter = try #require(RollingShutter.of(camera, source: source, calibration: calibration))
        #expect(abs(try shift(row: 3, .driverEndOfFrame, shutter) + 40e-6) < 1e-8)
        camera.device.latencySeconds = 0.01
        let configured = try #require(RollingShutter.of(camera, source: source, calibration: calibration))
        #expect(abs(try shift(row: 3, .driverEndOfFrame, configured) + 400e-6) < 1e-8)
        camera.rowSeconds = nil
        #expect(RollingShutter.of(camera, source: source) == nil)
    }

    @Test func `The time's proof says so`() throws {
        var configuration = AgentConfiguration.standard(for: .moon)
        configuration.camera.rowSeconds = 15e-6
        let source = try LampScene(.init()).description
        let context = ObservationContext(configuration: configuration, source: source)
        let time = FrameTime(middleOfExposure: start, uncertaintySeconds: 0.001, origin: .driverEndOfFrame)
        #expect(
            TimeEvidence(time: time, clock: nil, timing: context.timing).method.hasSuffix(
                "Moved to the event's row, 15.000 µs a row."))
        #expect(!TimeEvidence(time: time, clock: nil).method.contains("row"))
    }
}
