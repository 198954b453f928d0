// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// A scene in which nothing happens that the station looks for, watched by two detectors: one as a station runs it, and
/// one whose threshold is so low that noise passes it every second, which shows the tail of the statistic.
public struct NuisanceTrial: Sendable {
    /// What the camera looks at.
    public var kind: SceneConfiguration.Kind
    /// What may be mistaken.
    public var nuisance: Nuisance
    /// Columns of the frames; Jupiter's are as wide as high.
    public var width: Int
    /// Rows of the frames.
    public var height: Int
    /// Length of the scene in seconds.
    public var seconds: Double
    /// Decides every random number.
    public var seed: UInt64
    /// False alarms an hour for which the second detector's threshold is set.
    public var tailRatePerHour = 3600.0

    /// A trial of a nuisance.
    public init(
        kind: SceneConfiguration.Kind, nuisance: Nuisance, width: Int, height: Int, seconds: Double, seed: UInt64
    ) {
        self.kind = kind
        self.nuisance = nuisance
        self.width = width
        self.height = height
        self.seconds = seconds
        self.seed = seed
    }

    /// Runs both detectors.
    ///
    /// - Throws: `CameraError` or `DetectionError` if scene or detector are impossible.
    public func run() throws -> NuisanceOutcome {
        let configuration = nuisance.scene(kind, size: (width, height), seconds: seconds, seed: seed)
        let scene = try SimulatedScene(configuration)
        let source = nuisance.stage(over: scene, seed: seed)
        let format = scene.description.format
        let settings = DetectorConfiguration.standard(
            for: kind.observationTarget, framesPerSecond: configuration.framesPerSecond)
        var lowered = settings
        lowered.falseAlarmsPerHour = tailRatePerHour
        let detector = try Detector(configuration: settings, format: format)
        // A track's threshold does not follow the rate: for the sky the second detector would say the same.
        let tailDetector = kind == .sky ? nil : try Detector(configuration: lowered, format: format)
        var events: [DetectedEvent] = []
        var tail: [DetectedEvent] = []
        while let frame = try source.nextFrame() {
            events += detector.process(frame)
            if let tailDetector { tail += tailDetector.process(frame) }
        }
        events += detector.finish()
        if let tailDetector { tail += tailDetector.finish() }
        let hours = Double(configuration.frameCount) / configuration.framesPerSecond / 3600
        let unexplained = tail.filter { event in
            event.isAlert && !scene.truth.contains { TrialOutcome.agree($0, event) }
        }
        let rates = unexplained.map(\.falseAlarmsPerHour)
        return NuisanceOutcome(
            kind: kind, nuisance: nuisance, hours: hours, framesPerSecond: configuration.framesPerSecond,
            pixelCount: format.pixelCount, promisedPerHour: settings.falseAlarmsPerHour, truth: scene.truth,
            events: events,
            tail: tailDetector.map { _ in
                TailFit(ratesPerHour: rates, promisedPerHour: tailRatePerHour, hours: hours)
            },
            tailRatesPerHour: rates)
    }
}
