// SPDX-License-Identifier: Apache-2.0

import CV4L2
import Glibc
import Testing

@testable import Camera

@Suite struct V4L2SetupTests {
    private func setUp(
        _ device: ScriptedCamera, _ change: (inout V4L2CameraOptions) -> Void = { _ in }
    ) throws -> V4L2Setup {
        var options = V4L2CameraOptions()
        change(&options)
        return try V4L2Setup(path: "/dev/video7", options: options, operations: device.operations)
    }

    private func failure(
        _ device: ScriptedCamera, _ change: (inout V4L2CameraOptions) -> Void = { _ in }
    ) throws -> CameraError {
        try #require(#expect(throws: CameraError.self) { _ = try setUp(device, change) })
    }

    @Test(arguments: [
        (ENOENT, CameraError.Code.cannotOpen, "no such device"), (EACCES, .forbidden, "permission denied"),
        (EBUSY, .busy, "another program"), (ENODEV, .disconnected, "gone"),
        (EISDIR, .unknownFormat, "not a camera"),
    ]) func `What cannot be opened says why`(number: Int32, code: CameraError.Code, words: String) throws {
        let device = ScriptedCamera()
        device.openFailure = number
        let error = try failure(device)
        #expect(error.code == code)
        #expect(error.message.contains(words))
        #expect(error.remedy != nil)
    }

    @Test func `A node that is not of the video system is not a camera, and is closed again`() throws {
        let device = ScriptedCamera()
        device.failures[.CV4L2_QUERYCAP] = [ENOTTY]
        #expect(try failure(device).code == .unknownFormat)
        #expect(device.openDescriptors.isEmpty)
    }

    @Test func `A node without video is refused whatever its card can do elsewhere`() throws {
        let device = ScriptedCamera()
        device.capabilities = UInt32(V4L2_CAP_META_CAPTURE) | UInt32(V4L2_CAP_STREAMING)
        #expect(try failure(device).message == "Test Camera gives no video here")
    }

    @Test func `When nothing fits, the error lists what the camera offers`() throws {
        let device = ScriptedCamera(offers: [.offer(.grey, (640, 480, [30, 15])), .offer(.y10, (320, 240, [60]))])
        let error = try failure(device) { $0.width = 1920 }
        #expect(error.code == .unsupported)
        #expect(
            error.message == "the camera has nothing for 1920×any; it offers GREY 640×480 at 30, 15 frames/s; "
                + "Y10 320×240 at 60 frames/s")
        #expect(device.openDescriptors.isEmpty)
    }

    @Test func `Formats of the same sizes are listed together`() throws {
        let size = (640, 480, [30.0])
        let device = ScriptedCamera(offers: [.offer(.grey, size), .offer(.y10, size), .offer(.y12, (320, 240, [15]))])
        #expect(try failure(device) { $0.framesPerSecond = 99 }.message.contains("it offers GREY/Y10 640×480 at 30"))
    }

    @Test func `A format that the driver will not take after all gives way to the next`() throws {
        let device = ScriptedCamera(offers: [.offer(.y16, (640, 480, [30])), .offer(.grey, (640, 480, [30]))])
        device.failures[.CV4L2_S_FMT] = [EINVAL]
        #expect(try setUp(device).image.unpacker.pixelFormat == .grey)
    }

    @Test func `What only libv4lconvert can read is taken by way of it`() throws {
        let mjpeg = V4L2FormatOffer(fourCC: 0x4750_4a4d, name: "Motion-JPEG", isCompressed: true, sizes: [])
        var converted = V4L2FormatOffer.offer(.yuv420, (640, 480, [30]))
        converted.isConverted = true
        let device = ScriptedCamera(offers: [mjpeg])
        device.convertedOffers = [converted]
        let setup = try setUp(device)
        #expect(device.isConverting)
        #expect(setup.image.unpacker.pixelFormat == .yuv420)
        #expect(try failure(device) { $0.acceptsConverted = false }.message.contains("it offers MJPG"))
    }

    @Test func `A native format is never converted`() throws {
        let device = ScriptedCamera()
        _ = try setUp(device)
        #expect(!device.isConverting)
    }

    @Test func `A driver that contradicts itself is refused`() throws {
        let short = ScriptedCamera()
        short.coerce = { $0.sizeimage = 1000 }
        #expect(try failure(short).code == .damaged)
        let narrow = ScriptedCamera()
        narrow.coerce = { $0.bytesperline = 100 }
        #expect(try failure(narrow).code == .damaged)
        let empty = ScriptedCamera()
        empty.coerce = { $0.width = 0 }
        #expect(try failure(empty).code != .disconnected)
        let halves = ScriptedCamera()
        halves.coerce = { $0.field = V4L2_FIELD_ALTERNATE.rawValue }
        #expect(try failure(halves).message.contains("half pictures"))
    }

    @Test func `A coerced rate is noted`() throws {
        let device = ScriptedCamera(offers: [.offer(.grey, (640, 480, [60]))])
        device.interval = v4l2_fract(numerator: 1, denominator: 50)
        let setup = try setUp(device) { $0.framesPerSecond = 60 }
        #expect(setup.description.framesPerSecond == 50)
        #expect(setup.notices == ["rate: asked for 60 frames/s, the camera took 50"])
    }

    @Test func `Too few buffers, a busy camera and a full bus are told apart`() throws {
        func open(_ device: ScriptedCamera) throws -> CameraError {
            try #require(
                #expect(throws: CameraError.self) {
                    _ = try V4L2Camera(
                        path: "/dev/video7", options: V4L2CameraOptions(), clock: FakeClock(),
                        operations: device.operations)
                })
        }
        let poor = ScriptedCamera()
        poor.grantedBuffers = 1
        #expect(try open(poor).message == "the driver gives 1 frame buffers")
        let busy = ScriptedCamera()
        busy.failures[.CV4L2_REQBUFS] = [EBUSY]
        #expect(try open(busy).message.contains("another program"))
        let full = ScriptedCamera()
        full.failures[.CV4L2_STREAMON] = [ENOSPC]
        #expect(try open(full).message.contains("no bandwidth"))
        #expect(full.mappedBuffers == 0 && full.openDescriptors.isEmpty)
    }
}
