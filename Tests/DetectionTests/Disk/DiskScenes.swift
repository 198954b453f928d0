// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// Means of simulated scenes whose disks are known.
enum DiskScenes {
    /// The mean of a scene's frames; its air stands still unless the configuration says otherwise.
    static func mean(_ configuration: SceneConfiguration) throws -> BackgroundImage {
        let scene = try SimulatedScene(configuration)
        let format = scene.description.format
        var sums = [Float](repeating: 0, count: format.pixelCount)
        var frames: Float = 0
        while let frame = try scene.nextFrame() {
            frame.withBytes { bytes in
                for index in sums.indices {
                    let value: UInt16 =
                        format.bytesPerSample == 1
                        ? UInt16(bytes[index]) : bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
                    sums[index] += Float(value)
                }
            }
            frames += 1
        }
        return BackgroundImage(
            width: format.width, height: format.height, values: sums.map { $0 / frames },
            saturationADU: 0.97 * Float(format.saturationLevel))
    }

    /// A quiet scene of half a second.
    static func quiet(_ configuration: SceneConfiguration) -> SceneConfiguration {
        var quiet = configuration
        quiet.durationSeconds = 0.5
        quiet.atmosphere = AtmosphereModel()
        return quiet
    }
}
