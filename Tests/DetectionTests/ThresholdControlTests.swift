// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Detection

/// The steering of the candidate threshold, with counts drawn as noise would give them.
@Suite struct ThresholdControlTests {
    /// Number of candidates of a frame with a mean, by Knuth's method for small means and in parts for large ones.
    private static func poisson(_ mean: Double, _ random: inout SyntheticFrames.Random) -> Int {
        var count = 0
        var left = mean
        while left > 0 {
            let part = min(left, 1)
            left -= part
            // P(0) = 1 - part + part² / 2 - …, from the series of exp(-part), enough terms for part ≤ 1.
            var limit = 1.0
            var term = 1.0
            for order in 1..<16 {
                term *= -part / Double(order)
                limit += term
            }
            var product = random.uniform()
            while product > limit {
                count += 1
                product *= random.uniform()
            }
        }
        return count
    }

    @Test(arguments: [0.1, 0.3, 3, 20])
    func `On noise the mean number of candidates is the goal`(_ goal: Double) {
        var random = SyntheticFrames.Random(state: 11)
        var control = ThresholdControl(floor: 3, goal: goal)
        var sum = 0
        let frames = goal < 1 ? 60_000 : 20_000
        for frame in 0..<(frames + 500) {
            let mean = FalseAlarm.peaksPerFrame(threshold: control.value, pixelCount: 1920 * 1080, sigma: 1)
            let count = Self.poisson(min(mean, 60), &random)
            control.update(count: count)
            if frame >= 500 { sum += count }
        }
        let rate = Double(sum) / Double(frames)
        #expect(abs(rate - goal) < 0.05 * goal, "\(rate) for \(goal)")
    }

    @Test func `Bursts count in full towards the stated rate`() {
        // Compressed video: every twenty-fifth frame brings sixty spots at any threshold below 12.
        var control = ThresholdControl(floor: 4.5, goal: 1)
        var counts: [Int] = []
        for frame in 0..<20_000 {
            let count = frame % 25 == 0 && control.value < 12 ? 60 : 0
            control.update(count: count)
            if frame >= 2000 { counts.append(count) }
        }
        let rate = Double(counts.reduce(0, +)) / Double(counts.count)
        #expect(rate < 1.5, "\(rate)")
    }

    @Test func `On a quiet sky the threshold rests on its floor`() {
        var control = ThresholdControl(floor: 4.5, goal: 3)
        for _ in 0..<100 { control.update(count: 1) }
        #expect(control.value == 4.5)
        #expect(abs(control.average - 1) < 0.01)
    }

    @Test func `A flood raises the threshold within bounds and is forgotten afterwards`() {
        var control = ThresholdControl(floor: 4.5, goal: 3)
        for _ in 0..<5000 { control.update(count: 64) }
        #expect(control.value == 30)
        var frames = 0
        while control.value > 4.5, frames < 2000 {
            control.update(count: 0)
            frames += 1
        }
        #expect(frames < 600, "\(frames)")
    }

    @Test func `One frame full of spots hardly moves the threshold`() {
        var control = ThresholdControl(floor: 4.5, goal: 3)
        for _ in 0..<50 { control.update(count: 0) }
        control.update(count: 64)
        #expect(control.value <= 4.6)
        for _ in 0..<200 { control.update(count: 0) }
        #expect(control.value == 4.5)
    }

    @Test func `A detector on pure noise holds the stated rate`() throws {
        var frames = try SyntheticFrames(width: 320, height: 240, seed: 3)
        var settings = DetectorConfiguration.standard(for: .sky)
        settings.candidateFloorSigma = 3
        settings.candidatesPerFrame = 3
        let detector = try Detector(configuration: settings, format: frames.format)
        for _ in 0..<150 { _ = detector.process(frames.next()) }
        var sum = 0.0
        for _ in 0..<150 {
            _ = detector.process(frames.next())
            sum += detector.status.candidatesPerFrame
        }
        #expect(detector.status.candidateThresholdSigma > 3.2)
        #expect(detector.status.candidateGoalPerFrame == 3)
        #expect(abs(sum / 150 - 3) < 0.6, "\(sum / 150)")
    }
}
