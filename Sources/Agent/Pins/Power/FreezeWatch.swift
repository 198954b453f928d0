// SPDX-License-Identifier: Apache-2.0

import Camera

/// A camera's frames until it freezes, which is a failure like a stall: the camera has to be opened again.
final class FreezeWatch: FrameSource {
    private let camera: any FrameSource
    private let clock: any HostClock
    private var frozen = FrozenFrames()

    /// A watch over a camera that delivers.
    init(_ camera: any FrameSource, clock: any HostClock = SystemHostClock()) {
        self.camera = camera
        self.clock = clock
    }

    var description: SourceDescription { camera.description }

    func nextFrame() throws(CameraError) -> Frame? {
        guard let frame = try camera.nextFrame() else { return nil }
        if let seconds = frozen.take(frame, now: clock.monotonic()) {
            throw CameraError(
                .frozen, place: description.name,
                message: "the camera is frozen: the same frame for \(seconds.fixed(0)) s",
                remedy: "switch its power off and on; with a relay at pins.camera_power the agent does that itself")
        }
        return frame
    }
}
