// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import DetectionTrials
import Testing

/// Short forms of the trials of `psws-bench detection`: they score what they should.
@Suite struct TrialsScoringTests {
    @Test func `Bright flashes in white noise are found where they are, faint ones are not`() throws {
        let bright = try WhiteNoiseTrial(family: .singleFrame, injections: 8, signalToNoise: 18...22, seed: 2).run()
        #expect(bright.recoveries.count == 8)
        #expect(bright.recoveries.count { $0.alert != nil } >= 7)
        #expect(bright.falseAlerts.isEmpty)
        let places = bright.recoveries.compactMap(\.placeError)
        #expect(places.allSatisfy { abs($0.x) < 1 && abs($0.y) < 1 })
        let faint = try WhiteNoiseTrial(family: .singleFrame, injections: 8, signalToNoise: 1...3, seed: 2).run()
        #expect(faint.recoveries.allSatisfy { $0.alert == nil && $0.placeError == nil })
    }

    @Test(arguments: FlashFamily.allCases)
    func `Flashes of a family follow each other, apart in time and place`(_ family: FlashFamily) throws {
        var trial = WhiteNoiseTrial(family: family, injections: 30, signalToNoise: 5...6, seed: 1)
        // What the detector makes of them is not the question: let it sleep.
        var asleep = DetectorConfiguration.standard(for: .sky)
        asleep.warmUpFrames = 10_000
        trial.detector = asleep
        let flashes = try trial.run().field.flashes
        #expect(flashes.count == 30)
        for (before, after) in zip(flashes, flashes.dropFirst()) {
            #expect(after.firstFrame > before.lastFrame + 15)
            let (dx, dy) = (after.x - before.x, after.y - before.y)
            #expect((dx * dx + dy * dy).squareRoot() > 10)
        }
        #expect(flashes.allSatisfy { (5...6).contains($0.signalToNoise) && (0.8...2).contains($0.sigmaPixels) })
        let lengths = flashes.map(\.light.count)
        #expect(family == .singleFrame ? Set(lengths) == [1] : (lengths.min() ?? 0) >= 2 && (lengths.max() ?? 99) <= 65)
    }

    @Test func `Every distractor is accounted for once`() throws {
        let outcome = try NuisanceTrial(
            kind: .moon, nuisance: .satellites, width: 128, height: 96, seconds: 15, seed: 1
        ).run()
        #expect(outcome.truth.count == 3)
        #expect(outcome.reportedAs.reduce(0) { $0 + $1.count } == 3)
        #expect(outcome.alertsInTenHours.limit > 0)
    }

    @Test(arguments: SceneConfiguration.Kind.allCases, Nuisance.allCases)
    func `Every nuisance makes a possible scene for every target`(
        _ kind: SceneConfiguration.Kind, _ nuisance: Nuisance
    ) throws {
        let scene = nuisance.scene(kind, size: (64, 64), seconds: 6, seed: 1)
        try scene.validate()
        #expect(scene.events.allSatisfy { $0.kind == nuisance.distractor })
        #expect(scene.events.isEmpty == (nuisance.distractor == nil))
    }

    @Test func `A disk in bad air keeps its events within the scene`() throws {
        for kind in [SceneConfiguration.Kind.moon, .jupiter] {
            let trial = StandardTrials.restlessDisk(kind, seconds: 20, signalToNoise: 10...12, seed: 1)
            #expect(try SimulatedScene(trial.scene).truth.count == 4)
        }
    }
}
