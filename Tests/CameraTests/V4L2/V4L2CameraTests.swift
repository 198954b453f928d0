// SPDX-License-Identifier: Apache-2.0

import CV4L2
import Glibc
import Testing
import UTC

@testable import Camera

@Suite struct V4L2CameraTests {
    private let clock = FakeClock()

    private func script(_ steps: [ScriptedCamera.Step] = []) -> ScriptedCamera {
        let device = ScriptedCamera(clock: clock)
        device.steps = steps
        return device
    }

    private func open(
        _ device: ScriptedCamera, options: V4L2CameraOptions = V4L2CameraOptions()
    ) throws -> V4L2Camera {
        try V4L2Camera(path: "/dev/video7", options: options, clock: clock, operations: device.operations)
    }

    private func failure(_ body: () throws -> Void) throws -> CameraError {
        try #require(#expect(throws: CameraError.self) { try body() })
    }

    // MARK: Good weather

    @Test func `Frames come with their samples, numbers and times, and buffers go back at once`() throws {
        let device = script([.frame(sequence: 0, fill: 17), .pause(seconds: 1.0 / 30), .frame(sequence: 1, fill: 18)])
        let camera = try open(device)
        let first = try #require(try camera.nextFrame())
        #expect(first[0, 0] == 17 && first[639, 479] == 17)
        #expect(first.index == 0 && first.droppedBefore == 0)
        #expect(first.time?.origin == .driverEndOfFrame)
        let second = try #require(try camera.nextFrame())
        #expect(second[5, 5] == 18 && second.index == 1)
        let firstTime = try #require(first.time), secondTime = try #require(second.time)
        #expect(abs(secondTime.middleOfExposure.seconds(since: firstTime.middleOfExposure) - 1.0 / 30) < 2e-6)
        #expect(device.queued.count == 4)
        #expect(camera.statistics.delivered == 2)
        #expect(camera.description.framesPerSecond == 30)
        #expect(camera.description.instrument == "Test Camera (scripted)")
    }

    @Test func `A camera that is let go stops, and gives buffers and device back`() throws {
        let device = script([.frame(sequence: 0)])
        var camera: V4L2Camera? = try open(device)
        #expect(device.isStreaming && device.mappedBuffers == 4 && device.openDescriptors.count == 1)
        let frame = try camera?.nextFrame()
        camera = nil
        #expect(!device.isStreaming && device.mappedBuffers == 0 && device.openDescriptors.isEmpty)
        #expect(frame?[0, 0] == 0)
    }

    @Test func `Deep samples arrive as numbers`() throws {
        let device = script([.frame(sequence: 0, fill: 0x03)])
        device.offers = [.offer(.y10, (640, 480, [30]))]
        let camera = try open(device)
        #expect(camera.description.format.bitsPerSample == 10)
        #expect(try camera.nextFrame()?[3, 3] == 0x303)
    }

    @Test func `Start-of-exposure stamps are told from end-of-frame ones, and no stamp from both`() throws {
        let startOfExposure = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC | V4L2_BUF_FLAG_TSTAMP_SRC_SOE
        let camera = try open(
            script([
                .frame(sequence: 0, flags: startOfExposure, stampAgeSeconds: 0.03),
                .frame(sequence: 1, flags: V4L2_BUF_FLAG_TIMESTAMP_COPY),
                .frame(sequence: 2, stampAgeSeconds: 900),
            ]))
        #expect(try camera.nextFrame()?.time?.origin == .driverStartOfExposure)
        #expect(try camera.nextFrame()?.time?.origin == .hostArrival)
        #expect(try camera.nextFrame()?.time?.origin == .hostArrival)
        #expect(camera.statistics.timedByArrival == 2)
    }

    // MARK: Losses

    @Test func `Gaps in the driver's numbers are losses`() throws {
        let camera = try open(script([.frame(sequence: 10), .frame(sequence: 14), .frame(sequence: 15)]))
        let frames = try (0..<3).compactMap { _ in try camera.nextFrame() }
        #expect(frames.map(\.droppedBefore) == [0, 3, 0])
        #expect(frames.map(\.index) == [0, 4, 5])
        #expect(camera.statistics.missing == 3)
    }

    @Test func `Damaged and short frames are thrown away, counted, and their buffers go back`() throws {
        let device = script([
            .frame(sequence: 0),
            .frame(sequence: 1, flags: V4L2_BUF_FLAG_ERROR | V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC),
            .frame(sequence: 2, bytes: 640 * 480 - 1),
            .frame(sequence: 3, bytes: 0),
            .frame(sequence: 5, fill: 9),
        ])
        let camera = try open(device)
        _ = try camera.nextFrame()
        let frame = try #require(try camera.nextFrame())
        #expect(frame[1, 1] == 9)
        #expect(frame.droppedBefore == 4 && frame.index == 5)
        let statistics = camera.statistics
        #expect(statistics.damaged == 1 && statistics.short == 2 && statistics.missing == 1)
        #expect(device.queued.count == 4)
    }

    @Test func `More bytes than there is memory do no harm`() throws {
        let camera = try open(script([.frame(sequence: 0, fill: 3, bytes: .max)]))
        #expect(try camera.nextFrame()?[639, 479] == 3)
    }

    // MARK: Stalls and errors

    @Test func `Silence is a stall, and the camera can be asked again`() throws {
        let device = script([.frame(sequence: 0), .silence, .frame(sequence: 1)])
        var options = V4L2CameraOptions()
        options.stallSeconds = 0.4
        let camera = try open(device, options: options)
        _ = try camera.nextFrame()
        let before = clock.monotonic()
        let error = try failure { _ = try camera.nextFrame() }
        #expect(error.code == .stalled)
        #expect(error.description.hasPrefix("/dev/video7: no frame for 0.4 s ("))
        #expect(abs(clock.monotonic().seconds(since: before) - 0.4) < 0.002)
        #expect(camera.statistics.stalls == 1)
        #expect(try camera.nextFrame()?.index == 1)
    }

    @Test func `The first frame may take longer`() throws {
        let camera = try open(script([.pause(seconds: 4.5), .frame(sequence: 0)]))
        #expect(try camera.nextFrame() != nil)
    }

    @Test func `Nothing but damaged frames is a stall that says so`() throws {
        let bad = ScriptedCamera.Step.frame(sequence: 1, flags: V4L2_BUF_FLAG_ERROR)
        let camera = try open(script([.frame(sequence: 0)] + (0..<60).flatMap { _ in [.pause(seconds: 0.03), bad] }))
        _ = try camera.nextFrame()
        let error = try failure { _ = try camera.nextFrame() }
        #expect(error.code == .stalled)
        #expect(error.message.contains("damaged ones were thrown away"))
    }

    @Test func `A wake-up without a frame is waited out`() throws {
        let camera = try open(script([.failure(EAGAIN), .frame(sequence: 0)]))
        #expect(try camera.nextFrame() != nil)
        #expect(camera.statistics.driverErrors == 0)
    }

    @Test func `A passing driver error costs nothing but its count`() throws {
        let camera = try open(script([.failure(EIO), .failure(EIO), .frame(sequence: 2, fill: 4)]))
        #expect(try camera.nextFrame()?[0, 0] == 4)
        #expect(camera.statistics.driverErrors == 2)
    }

    @Test func `Errors without end are reported, not looped over`() throws {
        let camera = try open(script(Array(repeating: .failure(EIO), count: 100)))
        let error = try failure { _ = try camera.nextFrame() }
        #expect(error.code == .inputOutput)
        #expect(camera.statistics.driverErrors == 8)
    }

    @Test(arguments: [ENODEV, ENXIO]) func `A camera that is unplugged is disconnected`(number: Int32) throws {
        let camera = try open(script([.frame(sequence: 0), .failure(number)]))
        _ = try camera.nextFrame()
        #expect(try failure { _ = try camera.nextFrame() }.code == .disconnected)
        let waiting = try open(script([.waitFailure(number)]))
        #expect(try failure { _ = try waiting.nextFrame() }.code == .disconnected)
    }

    @Test func `A frame is not lost when the camera goes while its buffer is given back`() throws {
        let device = script([.frame(sequence: 0, fill: 5)])
        let camera = try open(device)
        device.failures[.CV4L2_QBUF] = [ENODEV]
        #expect(try camera.nextFrame()?[0, 0] == 5)
        #expect(try failure { _ = try camera.nextFrame() }.code == .disconnected)
    }

    @Test func `Interrupted calls are made again`() throws {
        let device = script([.waitFailure(EINTR), .frame(sequence: 0)])
        device.failures = [.CV4L2_QUERYCAP: [EINTR, EINTR], .CV4L2_STREAMON: [EINTR], .CV4L2_DQBUF: [EINTR]]
        #expect(try open(device).nextFrame() != nil)
    }

    @Test func `A restart goes on with the numbers and estimates the loss by time`() throws {
        let device = script([.frame(sequence: 40), .silence])
        let camera = try open(device)
        _ = try camera.nextFrame()
        _ = try failure { _ = try camera.nextFrame() }
        device.steps = [.pause(seconds: 0.5), .frame(sequence: 0), .frame(sequence: 1)]
        try camera.restart()
        let frame = try #require(try camera.nextFrame())
        // 1 s of silence and 0.5 s of start-up are 45 intervals, with 44 frames between.
        #expect(frame.droppedBefore == 44 && frame.index == 45)
        #expect(try camera.nextFrame()?.index == 46)
        #expect(camera.statistics.restarts == 1)
        #expect(device.count(.CV4L2_STREAMON) == 2 && device.count(.CV4L2_STREAMOFF) == 1)
    }

    @Test func `A buffer numbered 0 from before the start of the stream makes no losses`() throws {
        let camera = try open(script([.frame(sequence: 0), .frame(sequence: 998), .frame(sequence: 1000)]))
        let frames = try (0..<3).compactMap { _ in try camera.nextFrame() }
        #expect(frames.map(\.droppedBefore) == [0, 0, 1])
        #expect(camera.statistics.missing == 1)
    }

    // MARK: Changes of format

    @Test(arguments: [320 * 240, 800 * 600] as [UInt32])
    func `A buffer of another size is a change of format if the driver has another one`(bytes: UInt32) throws {
        let device = script([.frame(sequence: 0), .frame(sequence: 1, bytes: bytes)])
        let camera = try open(device)
        _ = try camera.nextFrame()
        device.format.width = 800
        device.format.height = 600
        let error = try failure { _ = try camera.nextFrame() }
        #expect(error.code == .formatChanged)
        #expect(error.message == "the camera changed its format from GREY 640×480 to GREY 800×600")
        #expect(camera.statistics.formatChanges == 1)
    }

    @Test func `A driver that tells of another signal is believed`() throws {
        let device = script([.frame(sequence: 0), .sourceChange, .frame(sequence: 1)])
        let camera = try open(device)
        #expect(device.isSubscribed)
        _ = try camera.nextFrame()
        #expect(try failure { _ = try camera.nextFrame() }.code == .formatChanged)
    }

    @Test func `A driver without events streams as well as one with`() throws {
        let device = script([.frame(sequence: 0)])
        device.failures[.CV4L2_SUBSCRIBE_EVENT] = [ENOTTY]
        #expect(try open(device).nextFrame() != nil)
    }

    // MARK: Reconnection

    @Test func `Controls are set again when the camera is opened anew`() throws {
        let device = script([.frame(sequence: 0), .failure(ENODEV)])
        device.knobs = [
            ScriptedCamera.Knob(
                control: V4L2Control(
                    identifier: UInt32(V4L2_CID_GAIN), name: "gain", kind: .integer, range: 0...100, defaultValue: 0,
                    value: 0))
        ]
        var options = V4L2CameraOptions()
        options.gain = 42
        let lost = try open(device, options: options)
        _ = try lost.nextFrame()
        #expect(try failure { _ = try lost.nextFrame() }.code == .disconnected)
        // A camera that was without power has forgotten everything.
        device.knobs[0].control.value = 0
        device.steps = [.frame(sequence: 0)]
        let back = try open(device, options: options)
        #expect(try back.nextFrame() != nil)
        #expect(device.knobs[0].control.value == 42)
        #expect(device.setControls == [UInt32(V4L2_CID_GAIN), UInt32(V4L2_CID_GAIN)])
    }
}
