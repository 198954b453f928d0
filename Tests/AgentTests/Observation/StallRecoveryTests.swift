// SPDX-License-Identifier: Apache-2.0

import Camera
import Telemetry
import Testing

@testable import Agent

@Suite struct StallRecoveryTests {
    /// A camera that gives a frame for each nil, and fails with each code.
    private final class MoodyCamera: RestartableSource {
        var moods: [CameraError.Code?]
        var restartFailure: CameraError.Code?
        var statistics = V4L2Statistics()
        let frame: Frame

        init(_ moods: [CameraError.Code?]) throws {
            self.moods = moods
            let format = try #require(FrameFormat(width: 8, height: 8, bitsPerSample: 8))
            frame = Frame(format: format, index: 0, time: nil, buffer: PixelBuffer(byteCount: format.byteCount))
        }

        var description: SourceDescription { SourceDescription(name: "moody", format: frame.format) }

        func nextFrame() throws(CameraError) -> Frame? {
            if let code = moods.isEmpty ? nil : moods.removeFirst() { throw Self.error(code) }
            statistics.delivered += 1
            return frame
        }

        func restart() throws(CameraError) {
            statistics.restarts += 1
            if let restartFailure { throw Self.error(restartFailure) }
        }

        private static func error(_ code: CameraError.Code) -> CameraError {
            CameraError(code, place: "moody", message: code.rawValue)
        }
    }

    private let clock = SteppingClock()
    private let record = CameraRecord()

    private func actions(_ action: CameraRecord.Action) -> Double? {
        let stalls = record.metrics.first { $0.name == "psws_camera_stalls" }
        return stalls?.samples.first { $0.labels.first?.value == action.rawValue }?.value
    }

    @Test(arguments: [CameraError.Code.stalled, .inputOutput])
    func `A stream that stalls is started anew, and goes on`(code: CameraError.Code) throws {
        let camera = try MoodyCamera([nil, code, nil])
        var told: [CameraError.Code] = []
        let source = StallRecovery(camera, record: record, clock: clock) { told.append($0.code) }
        #expect(try source.nextFrame() != nil)
        #expect(try source.nextFrame() != nil)
        #expect(camera.statistics.restarts == 1 && told == [code])
        #expect(actions(.restart) == 1 && actions(.reopen) == 0)
    }

    @Test func `A stall that a restart does not help against, or that comes again at once, goes up`() throws {
        let source = StallRecovery(try MoodyCamera([.stalled, .stalled]), record: record, clock: clock)
        #expect(#expect(throws: CameraError.self) { _ = try source.nextFrame() }?.code == .stalled)
        let again = StallRecovery(try MoodyCamera([.stalled, nil, .stalled, nil]), record: record, clock: clock)
        #expect(try again.nextFrame() != nil)
        clock.step(seconds: 29)
        #expect(throws: CameraError.self) { _ = try again.nextFrame() }
        #expect(actions(.restart) == 2)
    }

    @Test func `After a while of good frames a stall is a new one`() throws {
        let source = StallRecovery(try MoodyCamera([.stalled, nil, .stalled, nil]), record: record, clock: clock)
        #expect(try source.nextFrame() != nil)
        clock.step(seconds: 31)
        #expect(try source.nextFrame() != nil)
    }

    @Test(arguments: [CameraError.Code.disconnected, .formatChanged])
    func `What a restart cannot help against is not tried`(code: CameraError.Code) throws {
        let camera = try MoodyCamera([code])
        let source = StallRecovery(camera, record: record, clock: clock)
        #expect(#expect(throws: CameraError.self) { _ = try source.nextFrame() }?.code == code)
        #expect(camera.statistics.restarts == 0)
    }

    @Test func `A restart that fails goes up as its own error`() throws {
        let camera = try MoodyCamera([.stalled])
        camera.restartFailure = .disconnected
        let source = StallRecovery(camera, record: record, clock: clock)
        #expect(#expect(throws: CameraError.self) { _ = try source.nextFrame() }?.code == .disconnected)
    }

    @Test func `The driver's figures are those of all openings`() throws {
        #expect(record.metrics.isEmpty)
        for lost in [3, 4] {
            let camera = try MoodyCamera([nil, nil])
            camera.statistics.missing = lost
            camera.statistics.damaged = 1
            let source = StallRecovery(camera, record: record, clock: clock)
            _ = try source.nextFrame()
            _ = try source.nextFrame()
        }
        record.count(.powerCycle)
        let text = OpenMetricsText.text(record.metrics)
        #expect(text.contains("psws_camera_frames_total 4\n"))
        #expect(text.contains("psws_camera_frames_lost_total{reason=\"sequence\"} 7\n"))
        #expect(text.contains("psws_camera_frames_lost_total{reason=\"damaged\"} 2\n"))
        #expect(text.contains("psws_camera_openings_total 2\n"))
        #expect(text.contains("psws_camera_stalls_total{action=\"power_cycle\"} 1\n"))
    }
}
