// SPDX-License-Identifier: Apache-2.0

import Camera
import DetectionTrials
import Testing

/// Short forms of the trials that `psws-bench detection` runs at length.
@Suite struct SceneTrialTests {
    @Test(arguments: [(SceneConfiguration.Kind.moon, 10.0...14.0), (.jupiter, 13.0...18.0), (.sky, 30.0...50.0)])
    func `Clear events of a simulated scene are found and nothing else`(
        _ kind: SceneConfiguration.Kind, _ signalToNoise: ClosedRange<Double>
    ) throws {
        let outcome = try StandardTrials.injection(kind, seconds: 24, signalToNoise: signalToNoise, seed: 1).run()
        #expect(outcome.recoveries.count == 3)
        #expect(outcome.recoveries.allSatisfy { $0.alert != nil })
        #expect(outcome.falseAlerts.isEmpty)
        #expect(Double(outcome.latestAlertDelayFrames) / outcome.framesPerSecond < 1)
    }

    @Test(arguments: SceneConfiguration.Kind.allCases, [SceneEvent.Kind.satellite, .cosmicRay])
    func `Satellites and particles give no alert`(_ kind: SceneConfiguration.Kind, _ distractor: SceneEvent.Kind) throws
    {
        let outcome = try StandardTrials.distraction(kind, by: distractor, seconds: 20, seed: 3).run()
        #expect(outcome.falseAlerts.isEmpty)
    }
}
