// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Camera

@Suite struct SensorNoiseTests {
    @Test func `Normal numbers have the moments and the tails of the normal distribution`() {
        let normal = NormalNoise()
        var generator = Xoshiro256(seed: 5)
        var numbers = [Float](repeating: 0, count: 400_001)
        numbers.withUnsafeMutableBufferPointer { normal.fill($0, &generator) }
        let values = numbers.map(Double.init)
        let count = Double(values.count)
        #expect(abs(SceneFixtures.mean(values)) < 4 / count.squareRoot())
        #expect(abs(SceneFixtures.standardDeviation(values) - 1) < 4 / (2 * count).squareRoot())
        // Shares beyond 1, 2, 3 and 3.8 standard deviations (the last ones lie in the ziggurat's tail).
        for (bound, share) in [(1.0, 0.317_310_5), (2, 0.045_500_3), (3, 0.002_699_8), (3.8, 0.000_144_7)] {
            let found = Double(values.count { abs($0) > bound })
            #expect(abs(found - share * count) < 4 * (share * count).squareRoot() + 1, "beyond \(bound)")
        }
        let neighbours = zip(values, values.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / count
        #expect(abs(neighbours) < 4 / count.squareRoot())
    }

    @Test func `Mean and variance of a frame are those of offset, gain, shot and read noise`() throws {
        var scene = SceneFixtures.evenSky(electrons: 400, width: 120, height: 100, frames: 4)
        scene.sensor.gainElectronsPerADU = 2.5
        let samples = try SceneFixtures.frames(scene).flatMap { $0 }.map(Double.init)
        let variance = (400.0 + 9) / 6.25 + 1.0 / 12
        let count = Double(samples.count)
        #expect(abs(SceneFixtures.mean(samples) - (200 + 160)) < 4 * (variance / count).squareRoot())
        #expect(
            abs(SceneFixtures.standardDeviation(samples) / variance.squareRoot() - 1) < 4 / (2 * count).squareRoot())
    }

    @Test func `Noise is new in every frame and every pixel`() throws {
        let frames = try SceneFixtures.frames(SceneFixtures.evenSky(width: 100, height: 100, frames: 2))
        let first = frames[0].map { Double($0 - 300) }
        let second = frames[1].map { Double($0 - 300) }
        let variance = 109.0
        let between = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 } / 10_000 / variance
        #expect(abs(between) < 0.04)
        let beside = zip(first, first.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / 10_000 / variance
        #expect(abs(beside) < 0.04)
    }

    @Test func `Row noise moves whole rows together`() throws {
        var scene = SceneFixtures.evenSky(electrons: 0, width: 200, height: 200, frames: 2)
        scene.sensor.rowNoiseElectrons = 6
        let frame = try SceneFixtures.frames(scene)[0]
        let rowMeans = (0..<200).map { row in
            SceneFixtures.mean(frame[row * 200..<(row + 1) * 200].map(Double.init))
        }
        // The mean of a row of 200 pixels keeps 3 / sqrt(200) of the read noise.
        #expect(abs(SceneFixtures.standardDeviation(rowMeans) - 6) < 1.2)
    }

    @Test func `Hot pixels stay where they are and flickering pixels jump between two levels`() throws {
        var scene = SceneFixtures.evenSky(electrons: 20, width: 50, height: 50, frames: 40, seed: 3)
        scene.sensor.hotPixelFraction = 0.01
        scene.sensor.hotPixelMeanElectrons = 800
        let frames = try SceneFixtures.frames(scene)
        let hot = Set(frames[0].indices.filter { frames[0][$0] > 320 })
        #expect((8...45).contains(hot.count))
        for frame in frames { #expect(hot.isSuperset(of: frame.indices.filter { frame[$0] > 360 })) }
        scene.seed = 4
        #expect(Set(try SceneFixtures.frames(scene)[0].indices.filter { frames[0][$0] > 320 }) == hot)
        #expect(try SceneFixtures.frames(scene)[0].indices.contains { !hot.contains($0) && frames[0][$0] < 320 })

        scene.sensor.hotPixelFraction = 0
        scene.sensor.flickeringPixelFraction = 0.02
        scene.sensor.flickeringPixelElectrons = 300
        let flickering = try SceneFixtures.frames(scene)
        let jumping = flickering[0].indices.filter { pixel in
            let levels = flickering.map { $0[pixel] }
            return (levels.max() ?? 0) - (levels.min() ?? 0) > 200
        }
        #expect((15...60).contains(jumping.count))
        for pixel in jumping {
            let between = flickering.map { abs($0[pixel] - 220) }.filter { (60...200).contains($0) }
            #expect(between.isEmpty)
        }
    }

    @Test func `Sensitivity and offsets of the pixels spread as told and stay`() throws {
        var scene = SceneFixtures.evenSky(electrons: 10_000, width: 80, height: 80, frames: 24)
        scene.sensor.responseNonUniformity = 0.05
        let frames = try SceneFixtures.frames(scene)
        let means = frames[0].indices.map { pixel in SceneFixtures.mean(frames.map { Double($0[pixel]) }) }
        // Shot noise of 100 electrons falls to 20 in the mean of 24 frames; the pattern has 500.
        #expect(abs(SceneFixtures.standardDeviation(means) - 500) < 25)
    }

    @Test func `A scene looks the same in 8 and 16 bits`() throws {
        for kind in SceneConfiguration.Kind.allCases {
            var coarse = SceneConfiguration.moon(width: 40, height: 30, durationSeconds: 0.1, bitsPerSample: 8)
            coarse.kind = kind
            var fine = SceneConfiguration.moon(width: 40, height: 30, durationSeconds: 0.1, bitsPerSample: 16)
            fine.kind = kind
            for (eight, sixteen) in zip(try SceneFixtures.frames(coarse), try SceneFixtures.frames(fine)) {
                for (small, large) in zip(eight, sixteen) where small < 255 {
                    #expect(abs(Double(small) - Double(large) / 256) <= 0.51)
                }
            }
        }
    }

    @Test func `Samples stay in their range whatever the light`() throws {
        for bits in [8, 10, 12, 14, 16] {
            for electrons in [0.0, 50, 1e6] {
                var scene = SceneFixtures.evenSky(electrons: electrons, width: 30, height: 20, frames: 3)
                scene.bitsPerSample = bits
                scene.sensor.offsetADU = 0
                scene.sensor.fullWellElectrons = 1e9
                scene.sensor.gainElectronsPerADU = 0.05
                scene.events = [
                    .insect(
                        x: 10, y: 10, startSeconds: 0, durationSeconds: 1, velocityXPixelsPerSecond: 20,
                        velocityYPixelsPerSecond: 5, strength: .totalElectrons(-1e8))
                ]
                let samples = try SceneFixtures.frames(scene).flatMap { $0 }
                #expect(samples.allSatisfy { (0..<1 << bits).contains($0) })
                if electrons == 0 { #expect(samples.contains(0)) }
                if electrons == 1e6 { #expect(samples.contains((1 << bits) - 1)) }
            }
        }
    }

    @Test func `A full pixel gives no more than its well holds`() throws {
        var scene = SceneFixtures.evenSky(electrons: 50_000, frames: 1)
        scene.sensor.fullWellElectrons = 12_000
        #expect(try SceneFixtures.frames(scene)[0].allSatisfy { $0 == 12_200 })
    }
}
