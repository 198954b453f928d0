// SPDX-License-Identifier: Apache-2.0

import Camera
import DetectionTrials
import Testing

/// Meteors and what is mistaken for them, in simulated scenes.
@Suite struct MeteorTrialTests {
    @Test func `Most meteors of twice the threshold of a single frame are found`() throws {
        let outcome = try StandardTrials.injection(.sky, seconds: 80, signalToNoise: 16...20, seed: 7).run()
        let found = outcome.recoveries.count { $0.alert != nil }
        #expect(found >= 6, "\(found) of \(outcome.recoveries.count)")
        #expect(outcome.falseAlerts.isEmpty)
        #expect(Double(outcome.latestAlertDelayFrames) / outcome.framesPerSecond < 1)
    }

    @Test(arguments: [SceneEvent.Kind.insect, .aircraft])
    func `Of a dozen insects or aircraft at most two give an alert`(_ distractor: SceneEvent.Kind) throws {
        let outcome = try StandardTrials.distraction(.sky, by: distractor, seconds: 60, seed: 5).run()
        #expect(outcome.falseAlerts.count <= 2, "\(outcome.falseAlerts.count)")
    }

    @Test func `Thin cloud gives no alert`() throws {
        #expect(try StandardTrials.cloud(.sky, seconds: 40, seed: 5).run().falseAlerts.isEmpty)
    }
}
