// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@testable import Detection

@Suite struct SelfTestTests {
    /// Settings that test with every tenth frame.
    private func settings(
        _ target: ObservationTarget, everyFrames frames: Double = 10
    ) -> DetectorConfiguration {
        var settings = DetectorConfiguration.standard(for: target)
        settings.selfTestIntervalSeconds = frames / settings.framesPerSecond
        return settings
    }

    @Test(arguments: ObservationTarget.allCases, [8, 12])
    func `A station that sees finds most of its synthetic flashes`(_ target: ObservationTarget, _ bits: Int) throws {
        var frames = try SyntheticFrames(width: 128, height: 96, bitsPerSample: bits)
        let detector = try Detector(configuration: settings(target), format: frames.format)
        for _ in 0..<400 { _ = detector.process(frames.next()) }
        let status = detector.status
        #expect(status.selfTest.testCount >= 30)
        // At the threshold for single spots, about 6, a flash of 8 is found 97 times in 100.
        #expect(try #require(status.selfTest.recentShare) >= 0.8, "\(status.selfTest)")
        #expect(status.selfTest.goal == (target == .sky ? .candidate : .event))
        #expect(status.blindness == nil && status.secondsBlind == 0)
    }

    @Test(arguments: ObservationTarget.allCases)
    func `The self-test changes nothing of what is found`(_ target: ObservationTarget) throws {
        func events(_ interval: Double) throws -> ([DetectedEvent], DetectorStatus) {
            var frames = try SyntheticFrames(width: 96, height: 96, seed: 5)
            var settings = settings(target)
            settings.selfTestIntervalSeconds = interval
            let detector = try Detector(configuration: settings, format: frames.format)
            var events: [DetectedEvent] = []
            for index in 0..<200 {
                let x = target == .sky ? 10 + 2 * Double(index - 130) : 50
                let isLit = target == .sky ? (130..<160).contains(index) : (130..<136).contains(index)
                let spot = SyntheticFrames.Spot(x: x, y: 40, flux: 150, sigma: 1.3)
                events += detector.process(frames.next(spots: isLit ? [spot] : []))
            }
            return (events + detector.finish(), detector.status)
        }
        let (quiet, quietStatus) = try events(0)
        let (tested, testedStatus) = try events(0.04)
        #expect(!quiet.isEmpty && quiet == tested)
        #expect(quietStatus.selfTest.testCount == 0 && testedStatus.selfTest.testCount > 50)
        #expect(quietStatus.candidateThresholdSigma == testedStatus.candidateThresholdSigma)
    }

    @Test func `The same seed gives the same tests`() throws {
        func share(_ seed: UInt64) throws -> SelfTestSummary {
            var frames = try SyntheticFrames(width: 64, height: 64)
            var settings = settings(.moon, everyFrames: 2)
            settings.falseAlarmsPerHour = 1e-4
            settings.selfTestSeed = seed
            let detector = try Detector(configuration: settings, format: frames.format)
            for _ in 0..<200 { _ = detector.process(frames.next()) }
            return detector.status.selfTest
        }
        #expect(try share(1) == share(1))
        #expect(try share(1) != share(2))
    }

    @Test func `A synthetic flash has the signal to noise it is said to have`() throws {
        var frames = try SyntheticFrames(width: 64, height: 64, bitsPerSample: 8)
        frames.noise = 0
        let flat = frames.next()
        let flash = SyntheticFlash(signalToNoise: 8, place: SIMD2(30.3, 31.4), sigma: 1.2) { _, _ in 3 }
        // A = ρ 2 √π s σ for a sampled Gaussian on even noise.
        #expect(abs(flash.fluxADU - 8 * 2 * Double.pi.squareRoot() * 1.2 * 3) < 0.5)
        let lit = flash.added(to: flat)
        var sum = 0
        for y in 20..<44 { for x in 20..<44 { sum += lit[x, y] - flat[x, y] } }
        #expect(abs(Double(sum) - flash.fluxADU) < 6)
        #expect(lit[2, 2] == flat[2, 2])
    }

    @Test func `A synthetic flash is no brighter than white and stays in the frame`() throws {
        var frames = try SyntheticFrames(width: 32, height: 32)
        frames.level = 250
        let flash = SyntheticFlash(signalToNoise: 500, place: SIMD2(0.2, 31), sigma: 1) { _, _ in 2 }
        let lit = flash.added(to: frames.next())
        #expect(lit[0, 31] == 255)
    }

    // MARK: - Blindness

    /// Runs frames of one grey level with noise through a detector.
    private func status(
        level: Double, noise: Double = 3, seconds: Double = 20,
        change: (inout DetectorConfiguration) -> Void = { _ in },
        offset: (Int) -> Double = { _ in 0 }
    ) throws -> DetectorStatus {
        var frames = try SyntheticFrames(width: 64, height: 64)
        frames.level = level
        frames.noise = noise
        var settings = settings(.sky)
        change(&settings)
        let detector = try Detector(configuration: settings, format: frames.format)
        for index in 0..<Int(25 * seconds) { _ = detector.process(frames.next(offset: offset(index))) }
        return detector.status
    }

    @Test func `A saturated picture is blindness`() throws {
        let status = try status(level: 300)
        #expect(status.blindness == .saturated)
        #expect(abs(status.secondsBlind - 20) < 0.2)
    }

    @Test func `A black picture is blindness`() throws {
        #expect(try status(level: -20).blindness == .black)
    }

    @Test func `A frozen picture is blindness`() throws {
        #expect(try status(level: 40, noise: 0).blindness == .frozen)
    }

    @Test func `A mask over most of the picture is blindness`() throws {
        let status = try status(level: 40) { $0.exclusionMask = (0..<4096).map { $0 < 2200 } }
        #expect(status.blindness == .masked)
        #expect(status.maskedFraction > 0.5)
    }

    @Test func `A picture that jumps all the time is blindness`() throws {
        let status = try status(level: 60, seconds: 60, offset: { Double($0 / 5 % 3) * 60 })
        #expect(status.blindness == .unsettled || status.blindness == .selfTestFails)
        #expect(status.secondsBlind > 20)
    }

    @Test func `A threshold beyond the synthetic flashes makes the self-test fail`() throws {
        let status = try status(level: 40, seconds: 10) { $0.candidateFloorSigma = 12 }
        #expect(status.blindness == .selfTestFails)
        #expect(status.selfTest.recentShare == 0)
    }

    @Test func `Sight that comes back is noticed and the time without it stays counted`() throws {
        var frames = try SyntheticFrames(width: 64, height: 64)
        let detector = try Detector(configuration: settings(.sky), format: frames.format)
        frames.level = 300
        for _ in 0..<250 { _ = detector.process(frames.next()) }
        #expect(detector.status.blindness == .saturated)
        frames.level = 40
        for _ in 0..<500 { _ = detector.process(frames.next()) }
        #expect(detector.status.blindness == nil)
        #expect(detector.status.secondsBlind > 9 && detector.status.secondsBlind < 30)
    }

    @Test func `A second of glare is no blindness`() {
        var monitor = SightMonitor()
        var status = DetectorStatus()
        for index in 0..<200 {
            status.stream.saturatedFraction = (50..<75).contains(index) ? 1 : 0
            monitor.update(status, wasSearched: true, isThresholdRaised: false, seconds: 0.04)
            #expect(monitor.cause == nil)
        }
        #expect(monitor.secondsBlind == 0)
    }

    @Test func `One cause after the other is one time of blindness`() {
        var monitor = SightMonitor()
        var status = DetectorStatus()
        for index in 0..<100 {
            status.stream.saturatedFraction = index < 60 ? 1 : 0
            status.maskedFraction = 0.8
            monitor.update(status, wasSearched: true, isThresholdRaised: false, seconds: 0.1)
        }
        #expect(monitor.cause == .masked)
        #expect(abs(monitor.secondsBlind - 10) < 0.15, "\(monitor.secondsBlind)")
    }

    @Test func `The running share looks back over thirty tests`() {
        var summary = SelfTestSummary()
        #expect(summary.recentShare == nil && summary.recoveredShare == nil)
        for _ in 0..<40 { summary.note(isRecovered: true) }
        for _ in 0..<15 { summary.note(isRecovered: false) }
        #expect(summary.recentShare == 0.5)
        #expect(summary.share(ofLast: 10) == 0)
        #expect(summary.recoveredShare == 40.0 / 55)
    }
}
