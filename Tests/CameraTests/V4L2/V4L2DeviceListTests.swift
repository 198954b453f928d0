// SPDX-License-Identifier: Apache-2.0

import CV4L2
import Glibc
import Testing

@testable import Camera

@Suite struct V4L2DeviceListTests {
    /// A directory like `/dev` with cameras 10 and 2 and the stable name of the latter.
    private func makeDirectory() throws -> String {
        let directory = "/tmp/psws-devices-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        for folder in ["", "/v4l", "/v4l/by-id"] { try #require(mkdir(directory + folder, 0o700) == 0) }
        for name in ["video10", "video2", "videotape", "null"] {
            let descriptor = creat("\(directory)/\(name)", 0o600)
            try #require(descriptor >= 0)
            close(descriptor)
        }
        try #require(symlink("../../video2", "\(directory)/v4l/by-id/usb-Test-index0") == 0)
        return directory
    }

    private func remove(_ directory: String) {
        for name in ["v4l/by-id/usb-Test-index0", "video10", "video2", "videotape", "null"] {
            unlink("\(directory)/\(name)")
        }
        for folder in ["/v4l/by-id", "/v4l", ""] { rmdir(directory + folder) }
    }

    @Test func `Cameras are listed by number with their stable names, formats and controls`() throws {
        let directory = try makeDirectory()
        defer { remove(directory) }
        let camera = ScriptedCamera(offers: [.offer(.y10, (640, 480, [30, 15]))])
        camera.knobs = [
            ScriptedCamera.Knob(
                control: V4L2Control(
                    identifier: UInt32(V4L2_CID_GAIN), name: "Gain", kind: .integer, range: 0...255, defaultValue: 16,
                    value: 20))
        ]
        let cameras = V4L2DeviceList.enumerate(directory: directory, operations: camera.operations)
        #expect(cameras.map(\.path) == ["\(directory)/video2", "\(directory)/video10"])
        #expect(cameras[0].stablePaths == ["\(directory)/v4l/by-id/usb-Test-index0"])
        #expect(cameras[1].stablePaths == [])
        #expect(cameras[0].formats == [.offer(.y10, (640, 480, [30, 15]))])
        let text = cameras[1].description
        #expect(
            text == """
                \(directory)/video10: Test Camera (scripted, )
                  format Y10 (Y10 ; 10 bits)
                    640×480 at 30, 15 frames/s
                  control gain = 20 (integer, 0 to 255, default 16)
                """)
        #expect(camera.openDescriptors.isEmpty)
    }

    @Test func `The JSON form names every fact`() {
        var camera = V4L2DeviceDescription(path: "/dev/video0", name: "A \"new\"\n camera", driver: "d", bus: "b")
        camera.formats = [
            .offer(.grey, (640, 480, [29.97])),
            V4L2FormatOffer(fourCC: 0x4750_4a4d, name: "JPEG", isCompressed: true, sizes: []),
        ]
        #expect(
            camera.json
                == #"{"path": "/dev/video0", "stable_paths": [], "name": "A \"new\"\n camera", "driver": "d", "bus": "b", "#
                + #""problem": null, "formats": [{"fourcc": "GREY", "name": "GREY", "compressed": false, "#
                + #""bits_per_sample": 8, "sizes": [{"width": 640, "height": 480, "frames_per_second": [29.97]}]}, "#
                + #"{"fourcc": "MJPG", "name": "JPEG", "compressed": true, "bits_per_sample": null, "sizes": []}], "#
                + #""controls": []}"#)
    }

    @Test func `Nodes without video are left out, and a camera that cannot be asked tells its problem`() throws {
        let directory = try makeDirectory()
        defer { remove(directory) }
        let output = ScriptedCamera()
        output.capabilities = UInt32(V4L2_CAP_VIDEO_OUTPUT)
        #expect(V4L2DeviceList.enumerate(directory: directory, operations: output.operations).isEmpty)
        let locked = ScriptedCamera()
        locked.openFailure = EACCES
        let cameras = V4L2DeviceList.enumerate(directory: directory, operations: locked.operations)
        #expect(cameras.count == 2)
        #expect(cameras[0].description.contains("permission denied (add the user"))
        #expect(V4L2DeviceList.enumerate(directory: "/nonexistent", operations: locked.operations).isEmpty)
    }

    @Test func `A file that is no device is no camera`() throws {
        let error = try #require(#expect(throws: CameraError.self) { _ = try V4L2Camera(path: #filePath) })
        #expect(error.code == .unknownFormat)
        #expect(#expect(throws: CameraError.self) { _ = try V4L2Camera(path: "/dev/null") }?.code == .unknownFormat)
        #expect(#expect(throws: CameraError.self) { _ = try V4L2Camera(path: "/tmp") }?.code == .unknownFormat)
        #expect(#expect(throws: CameraError.self) { _ = try V4L2Camera(path: "/nonexistent") }?.code == .cannotOpen)
    }
}
