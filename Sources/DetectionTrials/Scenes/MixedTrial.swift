// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// Scenes other than those of the calibration, half of them under thin cloud, in which much happens: how often is an
/// event what the detector says it is?
///
/// Target events, satellites, particles and aircraft take turns, one about every four seconds, of 6 to 30 sigma. Each
/// report counts as often as the like happens in nature, because its probability is that of a night, not of the scene.
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

    /// Runs the scene: what was reported, and what it was.
    ///
    /// Events called `other` claim nothing and are left out.
    ///
    /// - Throws: `CameraError` or `DetectionError` if scene or detector are impossible.
    public func run() throws -> [CalibrationExample] {
        var scene = SceneConfiguration.preset(kind, width: size, height: size, durationSeconds: seconds, seed: seed)
        if seed % 2 == 1 { scene.addThinCloud() }
        scene.inject(
            count: max(1, Int(seconds / 4)), signalToNoise: 6...30,
            kinds: [kind.flashKind, .satellite, .cosmicRay, .aircraft], seed: seed &+ 5000)
        let outcome = try DetectionTrial(scene: scene).run()
        return CalibrationExample.examples(of: outcome, target: kind.observationTarget, rates: .standard)
            .filter { $0.subject.kind != .other }
    }
}
