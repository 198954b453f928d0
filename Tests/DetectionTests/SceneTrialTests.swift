// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import DetectionTrials
import Testing

/// Short forms of the trials that `psws-bench detection` runs at length.
@Suite struct SceneTrialTests {
    @Test(arguments: [(SceneConfiguration.Kind.moon, 10.0...14.0), (.jupiter, 13.0...18.0), (.sky, 30.0...50.0)])
    func `Clear events of a simulated scene are found and nothing else`(
        _ kind: SceneConfiguration.Kind, _ signalToNoise: ClosedRange<Double>
    ) throws {
        let outcome = try StandardTrials.injection(kind, seconds: 24, signalToNoise: signalToNoise, seed: 1).run()
        #expect(outcome.recoveries.count == 3)
        #expect(outcome.recoveries.allSatisfy { $0.alert != nil })
        #expect(outcome.falseAlerts.isEmpty)
        #expect(Double(outcome.latestAlertDelayFrames) / outcome.framesPerSecond < 1)
    }

    @Test(arguments: SceneConfiguration.Kind.allCases, [SceneEvent.Kind.satellite, .cosmicRay, .insect])
    func `Satellites and particles give no alert, insects hardly one`(
        _ kind: SceneConfiguration.Kind, _ distractor: SceneEvent.Kind
    ) throws {
        let outcome = try StandardTrials.distraction(kind, by: distractor, seconds: 20, seed: 3).run()
        // One of the four insects of these scenes may fly like a faint meteor.
        #expect(outcome.falseAlerts.count <= (distractor == .insect ? 1 : 0))
    }

    @Test(arguments: [SceneConfiguration.Kind.moon, .jupiter])
    func `An aeroplane in front of a disk gives no alert`(_ kind: SceneConfiguration.Kind) throws {
        let outcome = try StandardTrials.distraction(kind, by: .aircraft, seconds: 12, seed: 5).run()
        #expect(outcome.falseAlerts.isEmpty)
    }

    /// What air and sensor do to a scene in which nothing happens.
    enum Trouble: CaseIterable {
        case noise, badPixels, thinCloud, dawn, seeing
    }

    @Test(arguments: [SceneConfiguration.Kind.moon, .jupiter], Trouble.allCases)
    func `A quiet disk gives hardly an alert, and none that stands out`(
        _ kind: SceneConfiguration.Kind, _ trouble: Trouble
    ) throws {
        var trial = StandardTrials.distraction(kind, by: nil, seconds: 12, seed: 7)
        switch trouble {
        case .noise: break
        case .badPixels:
            trial.scene.sensor.hotPixelFraction = 3e-4
            trial.scene.sensor.flickeringPixelFraction = 5e-4
        case .thinCloud: trial.scene.atmosphere.cloudOpticalDepth = 0.2
        case .dawn: trial.scene.atmosphere.twilightElectronsPerPixelPerSecond = 1
        case .seeing:
            trial.scene.atmosphere.wanderRMSPixels = 2
            trial.scene.driftXPixelsPerSecond = 0.5
        }
        let outcome = try trial.run()
        // What air and edges leave beyond the noise may pass the threshold now and then, but only just.
        #expect(outcome.falseAlerts.count <= 1)
        #expect(outcome.falseAlerts.allSatisfy { $0.signalToNoise < 1.15 * $0.thresholdSigma })
    }

    @Test(arguments: [SceneConfiguration.Kind.moon, .jupiter])
    func `Gusts of wind that push the scene aside give no alert and blind nobody`(
        _ kind: SceneConfiguration.Kind
    ) throws {
        let gusts = try GustyScene(kind, width: 240, height: 192, seconds: 12, seed: 9)
        let detector = try Detector(
            configuration: .standard(
                for: kind == .moon ? .moon : .jupiter, framesPerSecond: gusts.framesPerSecond),
            format: gusts.format)
        var events: [DetectedEvent] = []
        while let frame = try gusts.next() { events += detector.process(frame) }
        events += detector.finish()
        #expect(events.allSatisfy { !$0.isAlert })
        #expect(detector.status.isWarmedUp && detector.status.isRegistered)
        #expect(detector.status.disturbedFrames < 20)
    }

    @Test func `Most clear flashes are found on a restless Moon`() throws {
        var trial = StandardTrials.injection(.moon, seconds: 24, signalToNoise: 10...11.5, seed: 21)
        trial.scene.atmosphere.wanderRMSPixels = 1.5
        trial.scene.inject(count: 9, signalToNoise: 10...11.5, kinds: [.lunarFlash], seed: 77)
        let recoveries = try trial.run().recoveries
        let found = recoveries.count { $0.alert != nil }
        #expect(2 * found >= recoveries.count, "\(found) of \(recoveries.count)")
    }
}

/// A scene seen through a window that the wind shakes: every five seconds a push of 16 pixels that dies away.
private final class GustyScene {
    let format: FrameFormat
    let framesPerSecond: Double
    private let scene: SimulatedScene
    private static let margin = 20

    init(_ kind: SceneConfiguration.Kind, width: Int, height: Int, seconds: Double, seed: UInt64) throws {
        guard let format = FrameFormat(width: width, height: height, bitsPerSample: 8) else {
            throw SyntheticFrames.ImpossibleFormat()
        }
        self.format = format
        var configuration = SceneConfiguration.preset(
            kind, width: width + 2 * GustyScene.margin, height: height + 2 * GustyScene.margin,
            durationSeconds: seconds, seed: seed)
        // Bad pixels would wander with the window.
        configuration.sensor.hotPixelFraction = 0
        configuration.sensor.flickeringPixelFraction = 0
        framesPerSecond = configuration.framesPerSecond
        scene = try SimulatedScene(configuration)
    }

    func next() throws -> Frame? {
        guard let whole = try scene.nextFrame() else { return nil }
        let time = Double(whole.index) / framesPerSecond
        let since = time.truncatingRemainder(dividingBy: 5)
        // A swing of four hertz that loses nine tenths of its width in a second.
        let swings = [1.0, 0.5, 0, -0.5, -1, -0.5, 0, 0.5][Int(since * 32) % 8]
        let push = time < 5 ? 0 : 16 * swings * max(0, 1 - since)
        let left = GustyScene.margin + Int((0.8 * push).rounded())
        let top = GustyScene.margin - Int((0.6 * push).rounded())
        let buffer = PixelBuffer(byteCount: format.byteCount)
        buffer.withMutableBytes { bytes in
            for y in 0..<format.height {
                for x in 0..<format.width { bytes[y * format.width + x] = UInt8(whole[x + left, y + top]) }
            }
        }
        return Frame(format: format, index: whole.index, time: whole.time, buffer: buffer)
    }
}
