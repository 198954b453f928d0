// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Camera

@Suite struct NoiseFieldTests {
    private func field(frames: Int = 4) -> NoiseFieldConfiguration {
        NoiseFieldConfiguration(width: 96, height: 80, framesPerSecond: 25, frameCount: frames, seed: 3)
    }

    private func frames(_ configuration: NoiseFieldConfiguration) throws -> [[Int]] {
        let source = try NoiseField(configuration)
        var frames: [[Int]] = []
        while let frame = try source.nextFrame() { frames.append(SceneFixtures.samples(frame)) }
        return frames
    }

    @Test func `Samples have the level, the noise and the rounding that are asked for`() throws {
        let samples = try frames(field()).flatMap { $0 }.map(Double.init)
        let count = Double(samples.count)
        #expect(abs(SceneFixtures.mean(samples) - 60) < 4 * 3 / count.squareRoot())
        let expected = field().sampleNoiseADU
        #expect(abs(SceneFixtures.standardDeviation(samples) / expected - 1) < 4 / (2 * count).squareRoot())
    }

    @Test func `Equal seeds give equal frames, other seeds others`() throws {
        var other = field()
        other.seed = 4
        #expect(try frames(field()) == frames(field()))
        #expect(try frames(field()) != frames(other))
    }

    @Test func `A slope rises by what it says from edge to edge, and beacons stand between level ground`() throws {
        var configuration = field(frames: 1)
        configuration.noiseADU = 0
        configuration.background = .slope(levelADU: 100, riseADU: 40)
        let slope = try frames(configuration)[0]
        #expect(slope[0] == 80 && slope[95] == 120 && slope[96] == 80)
        configuration.background = .beacons(levelADU: 60, heightADU: 100, sigmaPixels: 3, spacingPixels: 32)
        let beacons = try frames(configuration)[0]
        #expect(beacons[16 * 96 + 16] == 160 && beacons[48 * 96 + 80] == 160 && beacons[32 * 96 + 32] == 60)
        #expect(abs(configuration.background.distanceToBeacon(x: 19, y: 52) - 5) < 1e-12)
    }

    @Test(arguments: [0.8, 1.4, 2.0])
    func `The ideal filter finds a flash with the signal to noise that was asked for`(_ sigma: Double) throws {
        var configuration = field(frames: 900)
        configuration.flashes = (0..<200).map {
            FieldFlash(
                x: 30.3 + 0.13 * Double($0 % 50), y: 40.4, sigmaPixels: sigma, firstFrame: 4 * $0,
                light: [3, 1.5, 0.5], signalToNoise: 10)
        }
        let source = try NoiseField(configuration)
        var statistics = [Double](repeating: 0, count: 200)
        while let frame = try source.nextFrame() {
            let (index, age) = (frame.index / 4, frame.index % 4)
            guard index < 200, age < 3 else { continue }
            let flash = configuration.flashes[index]
            // The template is the noiseless flash itself, scaled to unit power.
            let flux = flash.flux(noiseADU: configuration.sampleNoiseADU)[age]
            var light = LightPlane(width: 96, height: 80)
            light.addPoint(x: flash.x, y: flash.y, sigma: sigma, electrons: flux)
            for (sample, share) in zip(SceneFixtures.samples(frame), light.values) where share > 0 {
                let variance = configuration.sampleNoiseADU * configuration.sampleNoiseADU
                statistics[index] += (Double(sample) - 60) * Double(share) / variance / 10
            }
        }
        #expect(abs(SceneFixtures.mean(statistics) - 10) < 4 / 200.0.squareRoot())
        #expect(abs(SceneFixtures.standardDeviation(statistics) - 1) < 4 / 400.0.squareRoot())
    }

    @Test func `Impossible fields are refused by name`() {
        var dark = field()
        dark.flashes = [FieldFlash(x: 5, y: 5, sigmaPixels: 1, firstFrame: 0, light: [0, 0], signalToNoise: 5)]
        var outside = field()
        outside.flashes = [FieldFlash(x: 500, y: 5, sigmaPixels: 1, firstFrame: 0, light: [1], signalToNoise: 5)]
        var noisy = field()
        noisy.noiseADU = .nan
        for configuration in [dark, outside, noisy] {
            #expect(throws: CameraError.self) { try NoiseField(configuration) }
        }
    }

    @Test func `The light of a decay falls by its time constant and ends at a thousandth`() {
        let light = SceneLightCurve.exponentialDecay(timeConstantSeconds: 0.1).light(
            durationSeconds: 2, framesPerSecond: 30, phase: 0)
        #expect(abs(light[1] / light[0] - 0.716_531) < 1e-3)
        #expect(light.count == 21)
        let late = SceneLightCurve.steady.light(durationSeconds: 0.1, framesPerSecond: 30, phase: 0.5)
        #expect(late == [0.5, 1, 1, 0.5])
    }
}
