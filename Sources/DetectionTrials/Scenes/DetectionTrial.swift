// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// A simulated scene watched by a detector, and what became of each of its events.
public struct DetectionTrial: Sendable {
    /// The scene, with its events.
    public var scene: SceneConfiguration
    /// What the detector is told; nil for the standard of the scene's target.
    public var detector: DetectorConfiguration?

    /// A trial of a scene.
    public init(scene: SceneConfiguration, detector: DetectorConfiguration? = nil) {
        self.scene = scene
        self.detector = detector
    }

    /// Runs the scene through a detector.
    ///
    /// - Throws: `CameraError` or `DetectionError` if scene or detector are impossible.
    public func run() throws -> TrialOutcome {
        let source = try SimulatedScene(scene)
        let settings =
            detector ?? .standard(for: scene.kind.observationTarget, framesPerSecond: scene.framesPerSecond)
        let detector = try Detector(configuration: settings, format: source.description.format)
        var events: [DetectedEvent] = []
        var latestDelayFrames = 0
        while let frame = try source.nextFrame() {
            for event in detector.process(frame) {
                events.append(event)
                if event.isAlert { latestDelayFrames = max(latestDelayFrames, frame.index - event.frameLast) }
            }
        }
        events += detector.finish()
        return TrialOutcome(
            truth: source.truth, events: events, frames: detector.status.framesSeen,
            framesPerSecond: scene.framesPerSecond, thresholdSigma: detector.status.thresholdSigma,
            latestAlertDelayFrames: latestDelayFrames)
    }
}
