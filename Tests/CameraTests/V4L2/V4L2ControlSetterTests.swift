// SPDX-License-Identifier: Apache-2.0

import CV4L2
import Glibc
import Testing

@testable import Camera

@Suite struct V4L2ControlSetterTests {
    private func knob(_ identifier: Int32, _ name: String, _ range: ClosedRange<Int>, value: Int) -> ScriptedCamera.Knob
    {
        ScriptedCamera.Knob(
            control: V4L2Control(
                identifier: UInt32(identifier), name: name, kind: .integer, range: range,
                defaultValue: range.lowerBound, value: value))
    }

    private func webcam() -> ScriptedCamera {
        let camera = ScriptedCamera()
        camera.knobs = [
            knob(V4L2_CID_AUTO_WHITE_BALANCE, "White Balance, Automatic", 0...1, value: 1),
            knob(V4L2_CID_GAIN, "Gain", 0...255, value: 64),
            knob(V4L2_CID_WHITE_BALANCE_TEMPERATURE, "White Balance Temperature", 2800...6500, value: 4000),
            knob(V4L2_CID_EXPOSURE_AUTO, "Auto Exposure", 0...3, value: 3),
            knob(V4L2_CID_EXPOSURE_ABSOLUTE, "Exposure Time, Absolute", 3...2047, value: 250),
            knob(V4L2_CID_EXPOSURE_AUTO_PRIORITY, "Exposure, Dynamic Framerate", 0...1, value: 1),
        ]
        return camera
    }

    private func apply(
        _ camera: ScriptedCamera, _ change: (inout V4L2CameraOptions) -> Void
    ) throws -> V4L2ControlSetter {
        var options = V4L2CameraOptions()
        change(&options)
        var setter = V4L2ControlSetter(device: try V4L2Device(path: "/dev/video7", operations: camera.operations))
        setter.apply(options)
        return setter
    }

    @Test func `Automatic modes go off before values are set`() throws {
        let camera = webcam()
        let setter = try apply(camera) {
            $0.exposureSeconds = 0.02
            $0.gain = 16
            $0.whiteBalanceKelvin = 5000
        }
        let order = [
            V4L2_CID_EXPOSURE_AUTO, V4L2_CID_EXPOSURE_AUTO_PRIORITY, V4L2_CID_AUTO_WHITE_BALANCE,
            V4L2_CID_EXPOSURE_ABSOLUTE, V4L2_CID_GAIN, V4L2_CID_WHITE_BALANCE_TEMPERATURE,
        ]
        #expect(camera.setControls == order.map { UInt32($0) })
        #expect(setter.notices.isEmpty)
        #expect(setter.exposureSeconds() == 0.02)
    }

    @Test func `Nothing is touched without a wish, and an automatic exposure is unknown`() throws {
        let camera = webcam()
        let setter = try apply(camera) { _ in }
        #expect(camera.setControls.isEmpty)
        #expect(setter.exposureSeconds() == nil)
    }

    @Test func `What the camera takes otherwise is noted`() throws {
        let camera = webcam()
        camera.knobs[4].takes = { $0 / 50 * 50 }
        let setter = try apply(camera) {
            $0.exposureSeconds = 0.0123
            $0.gain = 300
        }
        #expect(
            setter.notices == [
                "exposure_time_absolute: asked for 123, the camera took 100",
                "gain: asked for 300, the camera took 255",
            ])
        #expect(setter.exposureSeconds() == 0.01)
    }

    @Test func `A control that is missing or refuses is noted and the rest is set`() throws {
        let camera = webcam()
        camera.knobs.remove(at: 1)
        camera.knobs[1].failure = EBUSY
        let setter = try apply(camera) {
            $0.gain = 1
            $0.whiteBalanceKelvin = 5000
            $0.controls = ["focus": 3, "exposure_time_absolute": 77]
        }
        #expect(setter.notices.count == 3)
        #expect(setter.notices[0] == "gain: this camera has no control for it")
        #expect(setter.notices[1].hasPrefix("white_balance_temperature: "))
        #expect(setter.notices[2].hasPrefix("focus: this camera has no such control; it has white_balance_automatic,"))
        #expect(camera.knobs[3].control.value == 77)
    }

    @Test(arguments: [Double.nan, .infinity, 1e300]) func `A senseless exposure is noted`(seconds: Double) throws {
        #expect(try apply(webcam()) { $0.exposureSeconds = seconds }.notices.count == 1)
    }
}
