// SPDX-License-Identifier: Apache-2.0

import Detection
import Testing

/// Thresholds that fall for a while and go back.
@Suite struct AcceptedRateTests {
    /// Flashes of one frame between the thresholds of 0.1 and 5000 false alarms an hour, seldom enough not to be taken
    /// for the strobes of an aircraft.
    private func found(
        _ detector: Detector, _ frames: inout SyntheticFrames, flashes: Int
    ) -> [DetectedEvent] {
        var events: [DetectedEvent] = []
        // 5.5 standard deviations of the matched filter: 2 √π s times the noise of a pixel and of rounding.
        let flux = 5.5 * 1.5 * 2 * Double.pi.squareRoot() * (frames.noise * frames.noise + 1 / 12).squareRoot()
        for number in 0..<flashes {
            let spot = SyntheticFrames.Spot(
                x: 12.3 + Double(number * 13 % 41), y: 10.6 + Double(number * 7 % 27), flux: flux, sigma: 1.5)
            for frame in 0..<100 {
                let reported = detector.process(frames.next(spots: frame == 20 ? [spot] : []))
                events += reported.filter { $0.isAlert && abs($0.x - spot.x) < 2 && abs($0.y - spot.y) < 2 }
            }
        }
        return events
    }

    @Test func `Accepting more false alarms shows fainter flashes, which say so, and only for that time`() throws {
        var frames = try SyntheticFrames(width: 64, height: 48, seed: 77)
        var configuration = DetectorConfiguration.standard(for: .moon, framesPerSecond: 30)
        configuration.falseAlarmsPerHour = 0.1
        let detector = try Detector(configuration: configuration, format: frames.format)
        for _ in 0..<140 { _ = detector.process(frames.next()) }
        let usual = detector.status.thresholdSigma

        let before = found(detector, &frames, flashes: 10)
        detector.accept(falseAlarmsPerHour: 5000)
        let during = found(detector, &frames, flashes: 10)
        #expect(detector.status.thresholdSigma < usual - 1)
        detector.accept(falseAlarmsPerHour: 0.1)
        let after = found(detector, &frames, flashes: 10)

        // Four out of five are above the lower threshold, one out of five above the usual one.
        #expect(during.count >= 6, "\(during.count)")
        #expect(before.count <= 4 && after.count <= 4, "\(before.count), \(after.count)")
        let faint = during.filter { event in event.reasons.contains { $0.code == Reason.belowUsualThreshold } }
        #expect(faint.count >= 3 && faint.allSatisfy { $0.eventClass == .suspectedSingleFrame })
        #expect(faint.allSatisfy { $0.falseAlarmsPerHour > 0.1 })
        #expect((before + after).allSatisfy { !$0.reasons.contains { $0.code == Reason.belowUsualThreshold } })
        #expect(abs(detector.status.thresholdSigma - usual) < 0.1)
    }

    @Test func `A rate below the configured one, or none at all, changes nothing`() throws {
        let frames = try SyntheticFrames(width: 32, height: 32)
        let configuration = DetectorConfiguration.standard(for: .jupiter, framesPerSecond: 30)
        let detector = try Detector(configuration: configuration, format: frames.format)
        let usual = detector.status.thresholdSigma
        for rate in [0.001, .nan, .infinity, -1] {
            detector.accept(falseAlarmsPerHour: rate)
            var probe = frames
            _ = detector.process(probe.next())
            #expect(detector.status.thresholdSigma == usual)
        }
    }
}
