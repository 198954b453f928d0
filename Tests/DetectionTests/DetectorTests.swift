// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@testable import Detection

@Suite struct DetectorTests {
    @Test func `A flash of one frame on the Moon is found where and when it was`() throws {
        var frames = try SyntheticFrames(width: 96, height: 64)
        let detector = try Detector(configuration: .standard(for: .moon), format: frames.format)
        var events: [DetectedEvent] = []
        // ρ = flux / (2 √π s noise) = 300 / (2 × 1.77 × 1.3 × 3) = 21.7
        let flash = SyntheticFrames.Spot(x: 50.3, y: 30.6, flux: 300, sigma: 1.3)
        for index in 0..<200 { events += detector.process(frames.next(spots: index == 150 ? [flash] : [])) }
        let event = try #require(events.first)
        #expect(events.count == 1)
        #expect(event.kind == .lunarFlash && event.isAlert)
        #expect(event.frameFirst == 150 && event.framePeak == 150 && event.frameLast == 150)
        #expect(abs(event.x - 50.3) < 0.3 && abs(event.y - 30.6) < 0.3)
        #expect(abs(event.signalToNoise - 21.7) < 3)
        #expect(abs(event.fluxADU - 300) < 45)
        #expect(abs(event.noiseADU - 3) < 0.4 && abs(event.backgroundADU - 40) < 1)
        #expect(event.probability > 0.4 && event.probability <= 1)
        #expect(event.reasons.contains { $0.code == "single-frame" })
    }

    @Test func `A flash of several faint frames is found by their sum`() throws {
        var frames = try SyntheticFrames(width: 96, height: 64, seed: 3)
        let detector = try Detector(configuration: .standard(for: .moon), format: frames.format)
        var events: [DetectedEvent] = []
        // ρ = 5 a frame, 14 for all eight.
        let flash = SyntheticFrames.Spot(x: 40, y: 30, flux: 69, sigma: 1.3)
        for index in 0..<260 {
            events += detector.process(frames.next(spots: (180..<188).contains(index) ? [flash] : []))
        }
        events += detector.finish()
        let event = try #require(events.first { $0.isAlert })
        #expect(abs(event.x - 40) < 0.6 && abs(event.y - 30) < 0.6)
        #expect(event.frameFirst <= 181 && event.frameLast >= 186)
        #expect(abs(event.signalToNoise - 14.1) < 3)
    }

    @Test func `A bright pixel of one frame is a particle and no flash`() throws {
        var frames = try SyntheticFrames(width: 96, height: 64, seed: 4)
        let detector = try Detector(configuration: .standard(for: .moon), format: frames.format)
        var events: [DetectedEvent] = []
        let particle = SyntheticFrames.Spot(x: 50, y: 30, flux: 60, sigma: 0.25)
        for index in 0..<200 { events += detector.process(frames.next(spots: index == 150 ? [particle] : [])) }
        #expect(events.map(\.kind) == [.cosmicRay])
        #expect(events.filter(\.isAlert).isEmpty)
    }

    @Test func `A spot that crosses the Moon is a satellite and no flash`() throws {
        var frames = try SyntheticFrames(width: 96, height: 64, seed: 5)
        let detector = try Detector(configuration: .standard(for: .moon), format: frames.format)
        var events: [DetectedEvent] = []
        for index in 0..<220 {
            let step = Double(index - 150)
            let spot = SyntheticFrames.Spot(x: 15 + 1.2 * step, y: 20 + 0.4 * step, flux: 160, sigma: 1.3)
            events += detector.process(frames.next(spots: (150..<190).contains(index) ? [spot] : []))
        }
        events += detector.finish()
        #expect(events.contains { $0.kind == .satellite })
        #expect(events.filter(\.isAlert).isEmpty)
    }

    @Test func `A meteor is found within a second and tracked through its frames`() throws {
        var frames = try SyntheticFrames(width: 128, height: 96, seed: 6)
        let detector = try Detector(configuration: .standard(for: .sky), format: frames.format)
        var found: [(event: DetectedEvent, frame: Int)] = []
        for index in 0..<150 {
            let step = Double(index - 80)
            let light = 250 - 8 * (step - 6) * (step - 6) / 2
            let spot = SyntheticFrames.Spot(x: 20 + 4 * step, y: 70 - 2 * step, flux: light, sigma: 1)
            for event in detector.process(frames.next(spots: (80..<93).contains(index) ? [spot] : [])) {
                found.append((event, index))
            }
        }
        let meteor = try #require(found.first { $0.event.isAlert })
        #expect(found.filter(\.event.isAlert).count == 1)
        #expect(meteor.event.kind == .meteor)
        #expect(abs(meteor.event.frameFirst - 80) <= 2 && abs(meteor.event.frameLast - 92) <= 2)
        #expect(meteor.frame - meteor.event.frameLast <= 25)
        for point in meteor.event.track {
            let step = Double(point.frame - 80)
            #expect(abs(point.x - 20 - 4 * step) < 1 && abs(point.y - 70 + 2 * step) < 1)
        }
    }

    @Test(arguments: ObservationTarget.allCases)
    func `Pure noise gives no alert`(_ target: ObservationTarget) throws {
        var frames = try SyntheticFrames(width: 96, height: 64, seed: 7)
        let detector = try Detector(configuration: .standard(for: target), format: frames.format)
        var alerts = 0
        for _ in 0..<600 { alerts += detector.process(frames.next()).filter(\.isAlert).count }
        #expect(alerts == 0)
        #expect(detector.status.isWarmedUp && !detector.status.isDegraded)
        #expect(abs(detector.status.medianNoiseADU - 3) < 0.3)
    }

    @Test(arguments: ObservationTarget.allCases)
    func `Lightning and a changed exposure set frames aside and give no alert`(_ target: ObservationTarget) throws {
        var frames = try SyntheticFrames(width: 96, height: 64, seed: 8)
        let detector = try Detector(configuration: .standard(for: target), format: frames.format)
        var alerts = 0
        for index in 0..<500 {
            let offset = index == 200 || index == 203 ? 90.0 : index > 300 ? 60.0 : 0
            alerts += detector.process(frames.next(offset: offset)).filter(\.isAlert).count
        }
        #expect(alerts == 0)
        #expect(detector.status.isWarmedUp)
    }

    @Test func `A frame of 16 bits gives the same event as its 8-bit brother`() throws {
        func run(_ bits: Int, _ scale: Double) throws -> [DetectedEvent] {
            var frames = try SyntheticFrames(width: 80, height: 64, bitsPerSample: bits, seed: 9)
            frames.level = 40 * scale
            frames.noise = 3 * scale
            let detector = try Detector(configuration: .standard(for: .moon), format: frames.format)
            let flash = SyntheticFrames.Spot(x: 33.4, y: 30.2, flux: 250 * scale, sigma: 1.2)
            var events: [DetectedEvent] = []
            for index in 0..<160 { events += detector.process(frames.next(spots: index == 130 ? [flash] : [])) }
            return events
        }
        let shallow = try #require(try run(8, 1).first)
        let deep = try #require(try run(16, 256).first)
        #expect(shallow.kind == deep.kind && shallow.framePeak == deep.framePeak)
        #expect(abs(shallow.x - deep.x) < 0.1 && abs(shallow.y - deep.y) < 0.1)
        #expect(abs(deep.fluxADU / shallow.fluxADU / 256 - 1) < 0.05)
    }

    @Test(arguments: ObservationTarget.allCases, [(16, 16), (17, 31), (333, 19)])
    func `Black, even, white and random frames of odd sizes are harmless`(
        _ target: ObservationTarget, _ size: (Int, Int)
    ) throws {
        for bits in [8, 12] {
            var frames = try SyntheticFrames(width: size.0, height: size.1, bitsPerSample: bits, seed: 10)
            let detector = try Detector(configuration: .standard(for: target), format: frames.format)
            let white = Double(frames.format.saturationLevel)
            var alerts = 0
            for index in 0..<160 {
                let frame = frames.frame { _, _, random in
                    switch index / 20 % 4 {
                    case 0: 0
                    case 1: 77
                    case 2: white
                    default: white * random.uniform()
                    }
                }
                alerts += detector.process(frame).filter(\.isAlert).count
            }
            _ = detector.finish()
            #expect(detector.status.framesSeen == 160)
            #expect(alerts == 0)
        }
    }

    @Test func `Excluded pixels are not looked at`() throws {
        var frames = try SyntheticFrames(width: 96, height: 64, seed: 12)
        var configuration = DetectorConfiguration.standard(for: .moon)
        configuration.exclusionMask = (0..<(96 * 64)).map { $0 % 96 >= 48 }
        let detector = try Detector(configuration: configuration, format: frames.format)
        let flash = SyntheticFrames.Spot(x: 70, y: 30, flux: 400, sigma: 1.3)
        var events: [DetectedEvent] = []
        for index in 0..<180 { events += detector.process(frames.next(spots: index == 150 ? [flash] : [])) }
        #expect(events.isEmpty)
        #expect(abs(detector.status.maskedFraction - 0.5) < 0.01)
    }

    @Test func `Impossible settings are refused with the setting's name`() throws {
        let format = try SyntheticFrames(width: 96, height: 64).format
        func place(_ change: (inout DetectorConfiguration) -> Void) -> String? {
            var configuration = DetectorConfiguration.standard(for: .moon)
            change(&configuration)
            do {
                _ = try Detector(configuration: configuration, format: format)
                return nil
            } catch { return error.place }
        }
        #expect(place { _ in } == nil)
        #expect(place { $0.framesPerSecond = 0 } == "framesPerSecond")
        #expect(place { $0.framesPerSecond = .nan } == "framesPerSecond")
        #expect(place { $0.pointSpreadSigmaPixels = 50 } == "pointSpreadSigmaPixels")
        #expect(place { $0.falseAlarmsPerHour = -1 } == "falseAlarmsPerHour")
        #expect(place { $0.exclusionMask = [true] } == "exclusionMask")
        let small = try SyntheticFrames(width: 12, height: 64).format
        #expect(throws: DetectionError.self) {
            _ = try Detector(configuration: .standard(for: .sky), format: small)
        }
    }

    @Test func `A frame of another format is ignored and said`() throws {
        var frames = try SyntheticFrames(width: 96, height: 64)
        var others = try SyntheticFrames(width: 80, height: 64)
        let detector = try Detector(configuration: .standard(for: .sky), format: frames.format)
        _ = detector.process(frames.next())
        #expect(detector.process(others.next()).isEmpty)
        #expect(detector.status.framesSeen == 1)
        #expect(detector.status.isDegraded)
    }
}
