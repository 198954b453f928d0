// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Detection

@Suite struct BackgroundPullTests {
    @Test(arguments: [8, 40])
    func `Sums over many frames have unit variance, whatever the frames beside them tell of the background`(
        frames: Int
    ) {
        let rate = 1.0 / 64
        let settled = BackgroundPull(rate: rate, noise: rate / (2 - rate), framesLearnt: 10_000)
        let seen = 90
        let event = 30..<(30 + frames)
        let beside = (0..<seen).filter { !event.contains($0) }
        var random = SyntheticFrames.Random(state: 5)
        var squares = 0.0
        let trials = 1500
        for _ in 0..<trials {
            // The running mean has all frames in it, those of the event and those beside it, as the detector's has.
            var mean = 0.0
            let light = (0..<400).map { _ in random.normal() }
            for value in light { mean += rate * (value - mean) }
            let scores = light.suffix(seen).map { $0 - mean }
            let (level, pull) = settled.corrected(by: beside.map { scores[$0] }, ages: beside.map { seen - 1 - $0 })
            let length = Double(frames).squareRoot()
            let sum = event.reduce(0) { $0 + scores[$1] - level } / length
            let weight = pull.weight(age: seen - 1 - (event.lowerBound + event.upperBound) / 2)
            squares += sum * sum / pull.variance(sum: length, weight: weight)
        }
        // The mean of so many squares errs by 4 %.
        #expect(abs(squares / Double(trials) - 1) < 0.12, "\(squares / Double(trials))")
    }

    @Test func `A mean that frames beside the event have told is an error is taken off`() {
        let pull = BackgroundPull(rate: 1 / 64, noise: 1 / 127, framesLearnt: 10_000)
        let (level, rest) = pull.corrected(by: [Double](repeating: 0.5, count: 400), ages: Array(100..<500))
        #expect((0.3...0.5).contains(level))
        #expect(rest.noise < pull.noise && rest.weight(age: 0) < pull.weight(age: 0))
        #expect(pull.corrected(by: [], ages: []).pull.noise == pull.noise)
    }
}
