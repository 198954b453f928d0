// SPDX-License-Identifier: Apache-2.0

import Camera
import Glibc
import UTC

/// Gives the frames of a simulated scene when a camera would: each at the end of its exposure, not earlier.
final class PacedSource: FrameSource {
    private let scene: any FrameSource

    init(_ scene: any FrameSource) {
        self.scene = scene
    }

    var description: SourceDescription { scene.description }

    func nextFrame() throws(CameraError) -> Frame? {
        let frame = try scene.nextFrame()
        if let time = frame?.time {
            let end = time.middleOfExposure.advanced(bySeconds: (description.exposureSeconds ?? 0) / 2)
            let aheadSeconds = end.seconds(since: .now())
            // A clock that is set back must not stop the stream for longer than a frame may last.
            if aheadSeconds > 0 { usleep(UInt32(min(aheadSeconds, 10) * 1e6)) }
        }
        return frame
    }
}
