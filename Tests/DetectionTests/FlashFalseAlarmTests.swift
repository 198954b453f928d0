// SPDX-License-Identifier: Apache-2.0

import Detection
import Testing

/// Whether pure noise keeps to the promised rate, tried at a rate at which there is something to count.
@Suite struct FlashFalseAlarmTests {
    @Test(arguments: [ObservationTarget.moon, .jupiter])
    func `Pure noise gives no more alerts than promised`(_ target: ObservationTarget) throws {
        var frames = try SyntheticFrames(width: 112, height: 96, seed: 31)
        var configuration = DetectorConfiguration.standard(for: target, framesPerSecond: 30)
        configuration.falseAlarmsPerHour = 6000
        configuration.candidateFloorSigma = 3.2
        configuration.candidatesPerFrame = 1000
        configuration.minimumFlashSeconds = 0
        let detector = try Detector(configuration: configuration, format: frames.format)
        let count = 1200
        var events = 0
        for _ in 0..<count { events += detector.process(frames.next()).count { $0.isAlert } }
        let promised = 6000.0 * Double(count - configuration.warmUpFrames) / 30 / 3600
        #expect(Double(events) < promised + 3 * promised.squareRoot(), "\(events) for \(promised)")
    }
}
