// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// Scenes in which a target event is as likely as each of three distractors, half of them under thin cloud: how often
/// is an event what the detector says it is?
///
/// Target events, satellites, particles and aircraft take turns, one about every four seconds, of 6 to 30 sigma, so
/// that three of four things that happen are no alert. In a real night target events are much rarer still.
public struct MixedTrial: Sendable {
    /// What the camera looks at.
    public var kind: SceneConfiguration.Kind
    /// Columns and rows of the frames.
    public var size: Int
    /// Length of the scene in seconds.
    public var seconds: Double
    /// Decides every random number; scenes with an odd seed are cloudy.
    public var seed: UInt64

    /// A mixture for a target.
    public init(kind: SceneConfiguration.Kind, size: Int, seconds: Double, seed: UInt64) {
        self.kind = kind
        self.size = size
        self.seconds = seconds
        self.seed = seed
    }

    /// Runs the scene: the probability that each reported event was given, and whether it was what it was said to be.
    ///
    /// Events called `other` claim nothing and are left out.
    ///
    /// - Throws: `CameraError` or `DetectionError` if scene or detector are impossible.
    public func run() throws -> [ReliabilityDiagram.Prediction] {
        var scene = SceneConfiguration.preset(kind, width: size, height: size, durationSeconds: seconds, seed: seed)
        if seed % 2 == 1 { scene.addThinCloud() }
        scene.inject(
            count: max(1, Int(seconds / 4)), signalToNoise: 6...30,
            kinds: [kind.flashKind, .satellite, .cosmicRay, .aircraft], seed: seed &+ 5000)
        let outcome = try DetectionTrial(scene: scene).run()
        return outcome.events.filter { $0.kind != .other }.map { event in
            // The names of what happens and of what is reported are the same.
            let isCorrect = outcome.truth.contains {
                $0.kind.rawValue == event.kind.rawValue && TrialOutcome.agree($0, event)
            }
            return .init(probability: event.probability, isTrue: isCorrect)
        }
    }
}
