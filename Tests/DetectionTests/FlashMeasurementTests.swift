// SPDX-License-Identifier: Apache-2.0

import DetectionTrials
import Testing

/// Completeness and errors of measurement in white noise, where the ideal is known.
@Suite struct FlashMeasurementTests {
    @Test(arguments: [FlashFamily.singleFrame, .lunarDecay])
    func `Half of the flashes at the limit of an ideal detector are found`(_ family: FlashFamily) throws {
        var trial = WhiteNoiseTrial(family: family, injections: 60, signalToNoise: 1...1, seed: 5)
        trial.size = 96
        let threshold = trial.threshold.independent
        trial.signalToNoise = 0.7 * threshold...1.5 * threshold
        let outcome = try trial.run()
        let fit = try #require(
            CompletenessFit(outcome.recoveries.map { ($0.flash.signalToNoise / threshold, $0.alert != nil) }))
        // The goal, a tenth for what is still lost, and the error of 60 injections.
        #expect(fit.half <= 1.1 * family.goal + 2 * fit.halfError)
        #expect(outcome.falseAlerts.isEmpty)
    }

    @Test(arguments: [FlashFamily.singleFrame, .lunarDecay])
    func `A clear flash is measured as well as its noise allows`(_ family: FlashFamily) throws {
        var trial = WhiteNoiseTrial(family: family, injections: 24, signalToNoise: 20...20, seed: 6)
        trial.size = 96
        let found = try trial.run().recoveries.filter { $0.alert != nil }
        #expect(found.count >= 19)
        let place = try #require(ErrorSummary(found.compactMap(\.placeError).flatMap { [$0.x, $0.y] }))
        #expect(place.rootMeanSquare < 0.15)
        let flux = try #require(ErrorSummary(found.compactMap(\.fluxError)))
        #expect(abs(flux.bias) < 0.05)
        let ratio = try #require(ErrorSummary(found.compactMap(\.signalToNoiseError)))
        #expect(abs(ratio.bias) < 0.08)
        if family.hasSharpEnds {
            let duration = try #require(ErrorSummary(found.compactMap(\.durationErrorFrames)))
            #expect(duration.rootMeanSquare < 1)
        }
        if family == .singleFrame {
            #expect(found.allSatisfy { $0.peakErrorFrames == 0 })
        }
    }
}
