// SPDX-License-Identifier: Apache-2.0

import Camera

/// Scenes so simple that what they must show can be worked out by hand, and measurements on frames.
enum SceneFixtures {
    /// An even sky of a known brightness, seen by a faultless sensor of 16 bits with one electron a step.
    static func evenSky(
        electrons: Double = 100, width: Int = 64, height: Int = 48, frames: Int = 10, seed: UInt64 = 1
    ) -> SceneConfiguration {
        var scene = SceneConfiguration(
            kind: .sky, width: width, height: height, framesPerSecond: 25, durationSeconds: Double(frames) / 25,
            bitsPerSample: 16, seed: seed, pointSpreadSigmaPixels: 1.2,
            sensor: SensorModel(
                readNoiseElectrons: 3, gainElectronsPerADU: 1, offsetADU: 200, fullWellElectrons: 60_000))
        scene.sky = SkyAppearance(skyElectronsPerPixel: electrons, horizonBrightening: 0, vignetting: 0, starCount: 0)
        return scene
    }

    /// All frames of a scene as arrays of samples.
    static func frames(_ configuration: SceneConfiguration) throws -> [[Int]] {
        let scene = try SimulatedScene(configuration)
        var frames: [[Int]] = []
        while let frame = try scene.nextFrame() { frames.append(samples(frame)) }
        return frames
    }

    static func samples(_ frame: Frame) -> [Int] {
        frame.withBytes { bytes in
            frame.format.bytesPerSample == 1
                ? bytes.map(Int.init) : bytes.bindMemory(to: UInt16.self).map(Int.init)
        }
    }

    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    static func standardDeviation(_ values: [Double]) -> Double {
        let middle = mean(values)
        return (values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / Double(values.count - 1)).squareRoot()
    }

    /// Sum and centre of what lies above a level within `reach` pixels of a place.
    static func centroid(
        _ samples: [Int], width: Int, x: Double, y: Double, reach: Int, level: Double
    ) -> (x: Double, y: Double, sum: Double) {
        let height = samples.count / width
        var sums = (x: 0.0, y: 0.0, sum: 0.0)
        for row in max(0, Int(y) - reach)...min(height - 1, Int(y) + reach) {
            for column in max(0, Int(x) - reach)...min(width - 1, Int(x) + reach) {
                let light = Double(samples[row * width + column]) - level
                sums = (sums.x + light * Double(column), sums.y + light * Double(row), sums.sum + light)
            }
        }
        return (sums.x / sums.sum, sums.y / sums.sum, sums.sum)
    }
}
