// SPDX-License-Identifier: Apache-2.0

import Camera

extension TimingCalibration {
    /// True if it was measured with the settings of this stream.
    func holds(for source: SourceDescription) -> Bool { settings.differences(from: Settings(source)).isEmpty }

    /// Lets a camera correct its times, if this was measured with its settings.
    ///
    /// - Returns: what the operator should know.
    func apply(to camera: V4L2Camera) -> String {
        guard holds(for: camera.description) else {
            let differences = settings.differences(from: Settings(camera.description)).joined(separator: ", ")
            return "its latency was measured with \(differences) and is not corrected; "
                + "run 'psws-agent calibrate-timing' again"
        }
        camera.correct(
            latency: V4L2CameraOptions.Latency(seconds: latencySeconds, uncertaintySeconds: frameErrorSeconds))
        return "its stamps are \(text)"
    }
}
