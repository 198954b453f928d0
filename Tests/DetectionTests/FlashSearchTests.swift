// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Detection

/// The matched filter in time.
@Suite struct FlashSearchTests {
    private let settled = BackgroundPull(rate: 1e-6, noise: 0, framesLearnt: .max)
    private let search = LightCurveSearch(family: LightCurveFamily(longestFrames: 64))
    /// Thresholds of 0 for any length: the greatest statistic wins.
    private var open: FlashThreshold {
        var threshold = FlashThreshold(
            ratePerHour: 1, pixelCount: 1, framesPerSecond: 1, widths: 1...2, seeksSingleFrames: true)
        threshold.singleFrame = 0
        threshold.severalFrames = 0
        return threshold
    }

    @Test func `Any course of light keeps 97 % of its signal to noise on average and 93 % at worst`() throws {
        var kinds: [LightCurveShape.Kind] = (1...64).map { .box(frames: $0) }
        for frames in stride(from: 0.9, through: 16, by: 0.7) {
            for onset in [0, 0.17, 0.5, 0.83] { kinds.append(.decay(frames: frames, onset: onset)) }
        }
        for frames in stride(from: 6, through: 64, by: 3) {
            for peak in [0.3, 0.45, 0.6, 0.7] { kinds.append(.skew(frames: frames, peakFraction: peak)) }
        }
        var kept: [Double] = []
        for kind in kinds {
            let light = LightCurveShape(kind).light
            let scores = [Double](repeating: 0, count: 20) + light + [Double](repeating: 0, count: 100)
            kept.append(try #require(search.best(scores, pull: settled, threshold: open)).statistic)
        }
        #expect(kept.reduce(0, +) / Double(kept.count) > 0.97)
        #expect(kept.min() ?? 0 > 0.93)
    }

    @Test func `Pure noise exceeds a threshold no more often than the trials say`() {
        var random = SyntheticFrames.Random(state: 3)
        let threshold = 4.0
        let frames = 60_000
        let block = 300
        var clusters = 0
        for _ in 0..<(frames / block) {
            let scores = (0..<block).map { _ in random.normal() }
            // A block has room for one cluster: a probability of a few per cent is its number.
            if let match = search.best(scores, pull: settled, threshold: open), match.statistic > threshold {
                clusters += 1
            }
        }
        // Q(4) = 3.17 × 10⁻⁵. The noise's tail is cut off a little beyond four standard deviations.
        let expected = 3.17e-5 * Double(frames) * LightCurveFamily.trialsPerFrame(threshold: threshold)
        let error = expected.squareRoot()
        #expect(Double(clusters) < expected + 3 * error, "\(clusters) for \(expected)")
        #expect(Double(clusters) > 0.4 * expected - 3 * error, "\(clusters) for \(expected)")
    }

    @Test func `The threshold for several frames counts their trials`() {
        func rate(_ threshold: Double) -> Double {
            FalseAlarm.ratePerHour(
                threshold: threshold, pixelCount: 1920 * 1080, framesPerSecond: 30,
                filters: [.init(sigma: 1, evaluationsPerFrame: 1)])
        }
        let threshold = FlashThreshold(
            ratePerHour: 1, pixelCount: 1920 * 1080, framesPerSecond: 30, widths: 1...2.2, seeksSingleFrames: true)
        #expect(threshold.singleFrame > 6.9 && threshold.singleFrame < 7.2)
        let trials = rate(threshold.singleFrame) / rate(threshold.severalFrames)
        #expect(trials > 20 && trials < 30)
    }

    @Test(arguments: [true, false], [0.1, 1, 3600])
    func `At its threshold a flash is as rare as was asked for`(seeksSingleFrames: Bool, ratePerHour: Double) {
        let threshold = FlashThreshold(
            ratePerHour: ratePerHour, pixelCount: 640 * 480, framesPerSecond: 25, widths: 1...2.2,
            seeksSingleFrames: seeksSingleFrames)
        let several = threshold.falseAlarmsPerHour(threshold.severalFrames, isSingleFrame: false)
        #expect(abs(several / ratePerHour - 1) < 0.01)
        let single = threshold.falseAlarmsPerHour(threshold.singleFrame, isSingleFrame: true)
        #expect(abs(single / ratePerHour - 1) < 0.01)
        let fainter = threshold.falseAlarmsPerHour(threshold.severalFrames - 0.5, isSingleFrame: false)
        #expect(fainter > 10 * ratePerHour)
    }

    @Test func `What an event put into the background is given back`() throws {
        // Twenty frames of amplitude 3 against a mean that learnt each of them at 1/100.
        let pull = BackgroundPull(rate: 0.01, noise: 0.005, framesLearnt: 1000)
        var mean = 0.0
        for age in 0..<40 { mean += pull.weight(age: age) * (20..<40 ~= age ? 3 : 0) }
        let scores = (0..<60).map { index in (20..<40 ~= 59 - index ? 3.0 : 0) - mean }
        let match = try #require(search.best(scores, pull: pull, threshold: open))
        #expect(match.start == 20 && abs(match.shape.light.count - 20) <= 1)
        #expect(abs(match.amplitude * match.shape.light[0] - 3) < 0.2)
        #expect(abs(match.pull - mean) < 0.1)
    }

    @Test func `The beginning of a decay is found to a fifth of a frame`() throws {
        var random = SyntheticFrames.Random(state: 8)
        var squares = 0.0
        for trial in 0..<40 {
            let onset = Double(trial % 10) / 10
            let shape = LightCurveShape(.decay(frames: 2.5, onset: onset))
            var scores = (0..<80).map { _ in random.normal() }
            for (index, light) in shape.light.enumerated() { scores[30 + index] += 20 * light }
            let coarse = try #require(search.best(scores, pull: settled, threshold: open))
            let match = search.refined(coarse, scores, pull: settled, threshold: open)
            let error = Double(match.start) + match.shape.peakTime - (29.5 + onset)
            squares += error * error
        }
        #expect((squares / 40).squareRoot() < 0.2)
    }
}
