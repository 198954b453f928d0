// SPDX-License-Identifier: Apache-2.0

import DetectionTrials
import Testing

@testable import Detection

/// Completeness and errors of measurement in white noise, where the ideal is known.
@Suite struct FlashMeasurementTests {
    @Test func `The noise of the background is not counted twice`() {
        // Sums of white noise over n frames less a mean of variance v are √(1 + n (v - 2 r)) wide.
        let background = BackgroundPull(rate: 1 / 512, noise: 1 / 127, framesLearnt: 10_000)
        let octaves = (1...6).map { Double(1 << $0) }
        let white = SummedNoise(widths: octaves.map { (1 + $0 * (1 / 127 - 2 / 512)).squareRoot() })
        #expect(white.beyond(background).widths.allSatisfy { abs($0 - 1) < 1e-9 })
        // A cloud that adds as much again is what is left, and a width that is known too small is not made larger.
        let cloudy = SummedNoise(widths: white.widths.map { $0 * 1.3 })
        #expect(cloudy.beyond(background).widths.allSatisfy { abs($0 - 1.3) < 1e-9 })
        let fast = BackgroundPull(rate: 1 / 64, noise: 1 / 127, framesLearnt: 10_000)
        #expect(cloudy.beyond(fast) == cloudy && SummedNoise.white.beyond(fast) == .white)
    }

    @Test func `Long flashes in white noise keep their signal to noise`() throws {
        var trial = WhiteNoiseTrial(family: .jupiterBox, injections: 24, signalToNoise: 1...1, seed: 4)
        let threshold = trial.threshold.independent
        trial.signalToNoise = 2.6 * threshold...3.2 * threshold
        let found = try trial.run().recoveries.compactMap { recovery in
            recovery.alert.map { $0.signalToNoise / recovery.flash.signalToNoise }
        }
        #expect(found.count >= 22)
        let mean = found.reduce(0, +) / Double(found.count)
        #expect((0.92...1.05).contains(mean), "\(mean)")
    }

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
