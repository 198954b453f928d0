// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Camera

@Suite struct SceneEventTests {
    /// The sum of what an event adds to a scene, frame by frame: with and without it, the noise being the same.
    private func added(_ scene: SceneConfiguration) throws -> [[Double]] {
        var without = scene
        without.events = []
        return zip(try SceneFixtures.frames(scene), try SceneFixtures.frames(without)).map { pair in
            zip(pair.0, pair.1).map { Double($0 - $1) * scene.sensor.gainElectronsPerADU }
        }
    }

    @Test func `The light of every kind of event is found in the frames as the truth says`() throws {
        let total = SceneEventStrength.totalElectrons(40_000)
        let events: [SceneEvent] = [
            .lunarFlash(x: 30.3, y: 22.8, startSeconds: 0.13, decaySeconds: 0.06, strength: total),
            .fireball(x: 20.5, y: 20, startSeconds: 0.1, durationSeconds: 0.6, strength: total),
            .meteor(
                x: 12, y: 14, startSeconds: 0.11, durationSeconds: 0.4, velocityXPixelsPerSecond: 90,
                velocityYPixelsPerSecond: 40, flareHeight: 1, strength: total),
            .satellite(
                x: 12, y: 30, startSeconds: 0.05, durationSeconds: 0.7, velocityXPixelsPerSecond: 40,
                velocityYPixelsPerSecond: -10, strength: total),
            .aircraft(
                x: 12, y: 30, startSeconds: 0.05, durationSeconds: 0.7, velocityXPixelsPerSecond: 40,
                velocityYPixelsPerSecond: -10, strobePeriodSeconds: 0.3, strength: total),
            .cosmicRay(x: 30.2, y: 20.4, atSeconds: 0.31, trackXPixels: 5, trackYPixels: 3, strength: total),
            .insect(
                x: 25, y: 20, startSeconds: 0.2, durationSeconds: 0.3, velocityXPixelsPerSecond: 30,
                velocityYPixelsPerSecond: 0, sigmaPixels: 3, strength: total),
            .lightning(startSeconds: 0.2, durationSeconds: 0.3, strength: total),
        ]
        #expect(Set(events.map(\.kind)) == Set(SceneEvent.Kind.allCases))
        for event in events {
            var scene = SceneFixtures.evenSky(electrons: 30, frames: 22)
            scene.events = [event]
            let truth = try #require(try SimulatedScene(scene).truth.first)
            let sums = try added(scene).map { $0.reduce(0, +) }
            // Rounding, and shot noise that grows with the light, leave some hundred electrons.
            #expect(abs(sums.reduce(0, +) - 40_000) < 900, "\(event.kind)")
            #expect(abs(truth.fluxElectrons - 40_000) < 200, "\(event.kind)")
            for sample in truth.samples {
                #expect(abs(sums[sample.frame] - sample.fluxElectrons) < 600, "\(event.kind) frame \(sample.frame)")
            }
            let quiet = sums.indices.filter { $0 < truth.frameFirst || $0 > truth.frameLast }
            #expect(quiet.allSatisfy { abs(sums[$0]) < 60 }, "\(event.kind)")
            #expect(truth.frameFirst <= truth.framePeak && truth.framePeak <= truth.frameLast)
        }
    }

    @Test func `An ideal matched filter finds the signal to noise that was asked for`() throws {
        // Eighty flashes in one scene: the mean of the filter's output is known to one part in nine.
        let asked = 9.0
        let count = 80
        var scene = SceneFixtures.evenSky(electrons: 60, width: 32, height: 32, frames: count * 6, seed: 7)
        scene.sensor.gainElectronsPerADU = 2
        var random = Xoshiro256(seed: 9)
        scene.events = (0..<count).map { index in
            .lunarFlash(
                x: random.uniform(10, 21), y: random.uniform(10, 21),
                startSeconds: (Double(index * 6) + random.uniform(0, 2)) / 25, decaySeconds: 0.018,
                strength: .signalToNoise(asked))
        }
        let simulated = try SimulatedScene(scene)
        let frames = try SceneFixtures.frames(scene)
        let variance = 60.0 + 9 + 4.0 / 12
        var outputs: [Double] = []
        for truth in simulated.truth {
            #expect(abs(truth.signalToNoise - asked) < 1e-6)
            var correlation = 0.0
            var power = 0.0
            for sample in truth.samples {
                for row in 0..<32 {
                    for column in 0..<32 {
                        let expected =
                            sample.fluxElectrons * share(Double(column) - sample.x) * share(Double(row) - sample.y)
                        let measured = Double(frames[sample.frame][row * 32 + column] - 200) * 2 - 60
                        correlation += expected * measured / variance
                        power += expected * expected / variance
                    }
                }
            }
            // The truth leaves out the last thousandth of the light.
            #expect(abs(power.squareRoot() - asked) < 0.02)
            outputs.append(correlation / power.squareRoot())
        }
        #expect(abs(SceneFixtures.mean(outputs) - asked) < 4 / Double(count).squareRoot())
        // The flash's own shot noise makes the spread a little wider than 1.
        #expect((0.75...1.5).contains(SceneFixtures.standardDeviation(outputs)))
    }

    /// Share of a point's light in the pixel at a distance, for the optics of `SceneFixtures.evenSky`.
    private func share(_ distance: Double) -> Double {
        let scale = 1 / (1.2 * 2.0.squareRoot())
        return 0.5 * (erf((distance + 0.5) * scale) - erf((distance - 0.5) * scale))
    }

    @Test func `For a still flash in even noise the signal to noise is the amplitude over 2 sqrt(pi) s sigma`() throws {
        var scene = SceneFixtures.evenSky(electrons: 100, frames: 3)
        scene.pointSpreadSigmaPixels = 2.5
        scene.events = [
            SceneEvent(
                kind: .lunarFlash, startSeconds: 0.04, durationSeconds: 0.04, x: 32, y: 24, lightCurve: .steady,
                strength: .totalElectrons(3000))
        ]
        let truth = try SimulatedScene(scene).truth[0]
        let sigma = (100 + 9 + 1.0 / 12).squareRoot()
        let expected = 3000 / (2 * Double.pi.squareRoot() * 2.5 * sigma)
        #expect(truth.samples.map(\.frame) == [1])
        #expect(abs(truth.signalToNoise / expected - 1) < 0.02)
    }

    @Test func `A flash on a brighter ground or behind a cloud needs more light for the same signal to noise`() throws {
        func electrons(_ change: (inout SceneConfiguration) -> Void) throws -> Double {
            var scene = SceneFixtures.evenSky(electrons: 50, frames: 6)
            change(&scene)
            scene.events = [.lunarFlash(x: 30, y: 20, startSeconds: 0.04, strength: .signalToNoise(10))]
            return try SimulatedScene(scene).truth[0].fluxElectrons
        }
        let plain = try electrons { _ in }
        let bright = try electrons { $0.sky.skyElectronsPerPixel = 50 * 4 + 9 * 3 }
        #expect(abs(bright / plain - 2) < 0.01)
        #expect(try electrons { $0.sensor.readNoiseElectrons = 12 } > 1.5 * plain)
    }

    @Test func `A satellite moves as told`() throws {
        var scene = SceneFixtures.evenSky(electrons: 20, width: 80, height: 40, frames: 25)
        scene.events = [
            .satellite(
                x: 10, y: 30, startSeconds: 0, durationSeconds: 1, velocityXPixelsPerSecond: 50,
                velocityYPixelsPerSecond: -20, strength: .totalElectrons(25 * 20_000))
        ]
        let frames = try SceneFixtures.frames(scene)
        let truth = try SimulatedScene(scene).truth[0]
        #expect(truth.samples.map(\.frame) == Array(0..<25))
        for (index, frame) in frames.enumerated() {
            let middle = (Double(index) + 0.5) / 25
            let (x, y) = (10 + 50 * middle, 30 - 20 * middle)
            #expect(abs(truth.samples[index].x - x) < 1e-6 && abs(truth.samples[index].y - y) < 1e-6)
            let found = SceneFixtures.centroid(frame, width: 80, x: x, y: y, reach: 7, level: 220)
            #expect(abs(found.x - x) < 0.12 && abs(found.y - y) < 0.12)
        }
    }

    @Test func `A meteor leaves a trail as long as its way during the exposure`() throws {
        var scene = SceneFixtures.evenSky(electrons: 10, width: 120, height: 40, frames: 3)
        scene.exposureSeconds = 0.02
        scene.events = [
            SceneEvent(
                kind: .meteor, startSeconds: 0.04, durationSeconds: 0.04, x: 20, y: 20,
                velocityXPixelsPerSecond: 2000, lightCurve: .steady, strength: .totalElectrons(400_000))
        ]
        let frame = try SceneFixtures.frames(scene)[1]
        let lit = (0..<120).filter { column in frame[20 * 120 + column] > 200 + 1000 }
        // 40 px of way: the light of the other half of the frame's time is lost.
        #expect(abs(lit.count - 40) <= 3)
        #expect(abs((lit.first ?? 0) - 20) <= 2)
        let flux = try SimulatedScene(scene).truth[0].fluxElectrons
        #expect(abs(flux - 200_000) < 2000)
    }

    @Test func `A cosmic ray is in one frame and sharper than a star`() throws {
        var scene = SceneFixtures.evenSky(electrons: 10, frames: 4)
        scene.events = [
            .cosmicRay(x: 20, y: 20, atSeconds: 0.05, strength: .totalElectrons(3000)),
            .lunarFlash(x: 45, y: 20, startSeconds: 0.041, decaySeconds: 0.002, strength: .totalElectrons(3000)),
        ]
        let light = try added(scene)
        #expect(light[0].allSatisfy { abs($0) < 3 } && light[2].allSatisfy { abs($0) < 3 })
        #expect(light[1][20 * 64 + 20] > 2500)
        #expect(light[1][20 * 64 + 45] < 600)
    }

    @Test func `An impact's energy gives the magnitude of the published formula`() {
        // 7.1 MJ with an efficiency of 0.0015 are a flash of magnitude R = 10 in an exposure of 33 ms.
        let impact = LunarImpact(kineticEnergyJoules: 7.13e6, luminousEfficiency: 1.5e-3, zeroPointMagnitude: 22.5)
        #expect(abs(impact.magnitude(exposureSeconds: 0.033) - 10) < 0.01)
        let electrons = pow(10, 0.4 * (22.5 - 10)) * 0.033
        #expect(abs(impact.totalElectrons / electrons - 1) < 0.01)
        #expect(abs(LunarImpact.luminousEfficiency(speedKilometresPerSecond: 17) - 1.112e-3) < 2e-6)
    }

    @Test func `The energy of an impact decides the light of its flash`() throws {
        var scene = SceneFixtures.evenSky(frames: 30)
        let impact = LunarImpact(kineticEnergyJoules: 1e7)
        scene.events = [.lunarFlash(x: 30, y: 20, startSeconds: 0.1, strength: .lunarImpact(impact))]
        let truth = try SimulatedScene(scene).truth[0]
        #expect(abs(truth.fluxElectrons / impact.totalElectrons - 1) < 0.01)
    }

    @Test func `An event that no frame sees is refused by name`() {
        var scene = SceneFixtures.evenSky(frames: 10)
        scene.exposureSeconds = 0.01
        for event: SceneEvent in [
            .lunarFlash(x: 30, y: 20, startSeconds: 9, strength: .signalToNoise(9)),
            .lunarFlash(x: -300, y: 20, startSeconds: 0.1, strength: .signalToNoise(9)),
            .cosmicRay(x: 30, y: 20, atSeconds: 0.03, strength: .totalElectrons(9)),
        ] {
            scene.events = [event]
            let error = #expect(throws: CameraError.self) { try SimulatedScene(scene) }
            #expect(error?.code == .impossibleScene)
            #expect(error?.description.contains("events[0] (\(event.kind.rawValue)) cannot be seen") == true)
        }
    }
}
