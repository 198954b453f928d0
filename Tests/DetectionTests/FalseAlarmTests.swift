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

    @Test func `Median and clipped mean withstand outliers`() {
        var values: [Float] = (0..<101).map { Float($0) }
        values[3] = 1e6
        #expect(RobustScale.median(&values, count: 101) >= 50)
        #expect(RobustScale.median(&values, count: 101) <= 52)
        var whole: [Float] = (0..<1000).map { $0 % 10 < 3 ? 1 : 0 }
        let (mean, _) = RobustScale.clippedMeanAndSigma(&whole, count: 1000)
        #expect(abs(mean - 0.3) < 0.02)
    }
}
