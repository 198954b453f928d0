// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Detection

@Suite struct FalseAlarmTests {
    @Test(arguments: [
        (1920, 1080, 30.0, 1.0, 1.0, 7.02), (1280, 720, 25.0, 1.5, 1.0, 6.75), (640, 480, 60.0, 1.0, 0.1, 7.18),
    ])
    func `The threshold agrees with the field formula`(
        _ width: Int, _ height: Int, _ rate: Double, _ sigma: Double, _ perHour: Double, _ expected: Double
    ) {
        let threshold = FalseAlarm.threshold(
            ratePerHour: perHour, pixelCount: width * height, framesPerSecond: rate,
            filters: [.init(sigma: sigma, evaluationsPerFrame: 1)])
        #expect(abs(threshold - expected) < 0.02)
    }

    @Test func `Peaks of pure noise are as frequent as the formula says`() throws {
        var random = SyntheticFrames.Random(state: 5)
        let channel = FilterChannel(kernel: PointSpreadKernel(sigma: 1.2), frames: 1, width: 256, height: 256)
        let row = ScratchRow(width: 256)
        var found = 0
        // The first frames teach the channel the width of its output.
        for frame in 0..<80 {
            channel.begin(threshold: 3.8)
            for _ in 0..<256 {
                for x in 0..<256 { row.base[x] = Float(random.normal()) }
                channel.push(row)
            }
            channel.finish()
            if frame >= 60 { found += channel.peaks.count }
        }
        let expected = 20 * FalseAlarm.peaksPerFrame(threshold: 3.8, pixelCount: 65_536, sigma: 1.2)
        // The formula counts maxima between the pixels, too, which are higher than at their nearest pixel.
        #expect(Double(found) > 0.35 * expected && Double(found) < 1.5 * expected, "\(found) for \(expected)")
    }

    @Test func `Median and clipped mean withstand outliers`() {
        var values: [Float] = (0..<101).map { Float($0) }
        values[3] = 1e6
        #expect(RobustScale.median(&values, count: 101) >= 50)
        #expect(RobustScale.median(&values, count: 101) <= 52)
        let whole: [Float] = (0..<1000).map { $0 % 10 < 3 ? 1 : 0 }
        let (mean, _) = RobustScale.clippedMeanAndSigma(whole, count: 1000)
        #expect(abs(mean - 0.3) < 0.02)
    }
}
