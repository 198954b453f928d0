// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Camera

@Suite struct AtmosphereTests {
    private func jupiter(frames: Int) -> SceneConfiguration {
        var scene = SceneConfiguration.jupiter(
            width: 64, height: 56, framesPerSecond: 50, durationSeconds: Double(frames) / 50, bitsPerSample: 16)
        scene.atmosphere = AtmosphereModel()
        scene.jupiter.hasGalileanMoons = false
        scene.jupiter.skyElectronsPerPixel = 0
        return scene
    }

    @Test func `The picture wanders with the configured standard deviation, and events with it`() throws {
        var scene = jupiter(frames: 400)
        scene.atmosphere.wanderRMSPixels = 0.8
        scene.atmosphere.wanderCorrelationSeconds = 0.04
        let still = try SceneFixtures.frames(jupiter(frames: 1))[0]
        let offset = scene.sensor.offsetADU
        let rest = SceneFixtures.centroid(still, width: 64, x: 31, y: 28, reach: 40, level: offset)
        let places = try SceneFixtures.frames(scene).map {
            SceneFixtures.centroid($0, width: 64, x: 31, y: 28, reach: 40, level: offset)
        }
        let correlationFrames = 0.04 * 50.0
        let tolerance = 4 * 0.8 * (correlationFrames / 400).squareRoot()
        #expect(abs(SceneFixtures.standardDeviation(places.map(\.x)) - 0.8) < tolerance)
        #expect(abs(SceneFixtures.standardDeviation(places.map(\.y)) - 0.8) < tolerance)

        scene.events = [
            SceneEvent(
                kind: .fireball, startSeconds: 0, durationSeconds: 8, x: 31, y: 28, lightCurve: .steady,
                strength: .totalElectrons(400))
        ]
        let truth = try SimulatedScene(scene).truth[0]
        for (sample, place) in zip(truth.samples, places) {
            #expect(abs((sample.x - 31) - (place.x - rest.x)) < 0.15)
            #expect(abs((sample.y - 28) - (place.y - rest.y)) < 0.15)
        }
    }

    @Test func `Tracking drift moves the target and what stands on it, but no satellite`() throws {
        var scene = jupiter(frames: 60)
        scene.driftXPixelsPerSecond = 5
        scene.driftYPixelsPerSecond = -2.5
        scene.events = [
            SceneEvent(
                kind: .fireball, startSeconds: 0, durationSeconds: 1.2, x: 25, y: 30, lightCurve: .steady,
                strength: .totalElectrons(400)),
            .satellite(
                x: 25, y: 30, startSeconds: 0, durationSeconds: 1.2, velocityXPixelsPerSecond: 0,
                velocityYPixelsPerSecond: 0, strength: .totalElectrons(400)),
        ]
        let truth = try SimulatedScene(scene).truth
        #expect(abs(truth[0].samples[50].x - 30) < 1e-6 && abs(truth[0].samples[50].y - 27.5) < 1e-6)
        #expect(abs(truth[1].samples[50].x - 25) < 1e-6)
        let frames = try SceneFixtures.frames(scene)
        let places = [frames[0], frames[50]].map {
            SceneFixtures.centroid($0, width: 64, x: 31, y: 28, reach: 40, level: scene.sensor.offsetADU)
        }
        #expect(abs(places[1].x - places[0].x - 5) < 0.2)
        #expect(abs(places[1].y - places[0].y + 2.5) < 0.2)
    }

    @Test func `A picture moved by parts of a pixel keeps its light and its sharpness`() throws {
        var scene = jupiter(frames: 20)
        scene.jupiter.equatorialDiameterInFrameHeights = 0.05
        scene.driftXPixelsPerSecond = 5
        scene.driftYPixelsPerSecond = 2.5
        var light = SceneLight(scene)
        var plane = LightPlane(width: 64, height: 56)
        var sums: [Double] = []
        var peaks: [Double] = []
        for frame in 0..<20 {
            light.select(frame: frame)
            light.write(into: &plane)
            sums.append(plane.values.reduce(0) { $0 + Double($1) })
            peaks.append(plane.values.reduce(0) { $0 + Double($1) * Double($1) })
        }
        for frame in 0..<20 {
            #expect(abs(sums[frame] / sums[0] - 1) < 0.002)
            #expect(abs(peaks[frame] / peaks[0] - 1) < 0.02)
        }
    }

    @Test func `Scintillation and twinkling change brightness as told`() throws {
        var scene = jupiter(frames: 300)
        scene.atmosphere.scintillationFraction = 0.03
        scene.atmosphere.scintillationCorrelationSeconds = 0.02
        let sums = try SceneFixtures.frames(scene).map { $0.reduce(0.0) { $0 + Double($1) - scene.sensor.offsetADU } }
        #expect(abs(SceneFixtures.standardDeviation(sums) / SceneFixtures.mean(sums) - 0.03) < 0.008)

        var sky = SceneFixtures.evenSky(electrons: 10, width: 40, height: 40, frames: 300)
        sky.sky.starCount = 1
        sky.sky.faintestMagnitude = 0
        sky.seed = 8
        sky.atmosphere.starScintillationFraction = 0.2
        let star = try #require(StarFieldPainter(sky).stars.first)
        #expect((6...33).contains(star.x) && (6...33).contains(star.y))
        let fluxes = try SceneFixtures.frames(sky).map {
            SceneFixtures.centroid($0, width: 40, x: star.x, y: star.y, reach: 6, level: 210).sum
        }
        #expect(abs(SceneFixtures.mean(fluxes) / star.electrons - 1) < 0.06)
        #expect(abs(SceneFixtures.standardDeviation(fluxes) / star.electrons - 0.2) < 0.04)
    }

    @Test func `Twilight brightens the frame by its rate`() throws {
        var scene = SceneFixtures.evenSky(electrons: 50, width: 60, height: 60, frames: 51)
        scene.atmosphere.twilightElectronsPerPixelPerSecond = 40
        let means = try SceneFixtures.frames(scene).map { SceneFixtures.mean($0.map(Double.init)) }
        #expect(abs(means[0] - 250) < 1)
        #expect(abs(means[50] - 330) < 1)
    }

    @Test func `Clouds dim the target, move, and dim events behind them`() throws {
        var scene = SceneFixtures.evenSky(electrons: 1000, width: 80, height: 60, frames: 51)
        scene.atmosphere.cloudOpticalDepth = 1.5
        scene.atmosphere.cloudSpeedPixelsPerSecond = 20
        scene.atmosphere.cloudSizeInFrameWidths = 2
        let frames = try SceneFixtures.frames(scene)
        let least = 1000 * exp(-1.5)
        #expect(frames[0].allSatisfy { Double($0) - 200 > least - 150 && $0 - 200 < 1200 })
        let smooth = { (frame: [Int], column: Int) in
            (0..<60).reduce(0.0) { $0 + Double(frame[$1 * 80 + column] - 200) } / 60
        }
        let profile = (0..<80).map { smooth(frames[0], $0) }
        #expect(SceneFixtures.standardDeviation(profile) > 40)
        // After two seconds the clouds are 40 columns further.
        let moved = (40..<80).map { smooth(frames[50], $0) }
        let difference = zip(moved, profile).map { $0 - $1 }
        // Clouds are known every 16 pixels, and interpolation between is not exact.
        #expect(SceneFixtures.standardDeviation(difference) < 0.35 * SceneFixtures.standardDeviation(profile))

        scene.events = [
            .satellite(
                x: 40, y: 30, startSeconds: 0, durationSeconds: 2, velocityXPixelsPerSecond: 0,
                velocityYPixelsPerSecond: 0, strength: .totalElectrons(2 * 25 * 1000))
        ]
        let fluxes = try SimulatedScene(scene).truth[0].samples.map(\.fluxElectrons)
        let passing = frames.prefix(50).map { Double($0[30 * 80 + 40] - 200) / 1000 }
        #expect(abs(SceneFixtures.mean(fluxes) / 1000 - SceneFixtures.mean(passing)) < 0.03)
    }
}
