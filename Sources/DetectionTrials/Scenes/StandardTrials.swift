// SPDX-License-Identifier: Apache-2.0

import Camera

/// The scenes that detection is measured with. Everything follows from the seed.
public enum StandardTrials {
    /// A scene of the target with target events of a range of signal to noise, one about every eight seconds.
    ///
    /// - Parameters:
    ///   - kind: what the camera looks at.
    ///   - seconds: length of the scene.
    ///   - signalToNoise: range of ρ of the whole events.
    ///   - seed: of scene and events.
    public static func injection(
        _ kind: SceneConfiguration.Kind, seconds: Double, signalToNoise: ClosedRange<Double>, seed: UInt64
    ) -> DetectionTrial {
        var scene = base(kind, seconds: seconds, seed: seed)
        scene.inject(
            count: max(1, Int(seconds / 8)), signalToNoise: signalToNoise, kinds: [kind.flashKind],
            seed: seed &+ 1000)
        return DetectionTrial(scene: scene)
    }

    /// A scene without anything that the station looks for, but with a kind of distractor, about every five seconds.
    public static func distraction(
        _ kind: SceneConfiguration.Kind, by distractor: SceneEvent.Kind?, seconds: Double, seed: UInt64
    ) -> DetectionTrial {
        var scene = base(kind, seconds: seconds, seed: seed)
        if let distractor {
            scene.inject(
                count: max(1, Int(seconds / 5)), signalToNoise: 8...30, kinds: [distractor], seed: seed &+ 2000)
        }
        return DetectionTrial(scene: scene)
    }

    /// The same with thin moving cloud.
    public static func cloud(_ kind: SceneConfiguration.Kind, seconds: Double, seed: UInt64) -> DetectionTrial {
        var trial = distraction(kind, by: nil, seconds: seconds, seed: seed)
        trial.scene.addThinCloud()
        return trial
    }

    /// A disk in bad air: it wanders by 1.5 px, scintillates by 2 %, drifts by a pixel in ten seconds, and thin cloud
    /// passes. Target events come about every four seconds.
    ///
    /// - Parameters:
    ///   - kind: Moon or Jupiter.
    ///   - seconds: length of the scene.
    ///   - signalToNoise: range of ρ of the whole events.
    ///   - seed: of scene and events.
    public static func restlessDisk(
        _ kind: SceneConfiguration.Kind, seconds: Double, signalToNoise: ClosedRange<Double>, seed: UInt64
    ) -> DetectionTrial {
        var scene = base(kind, seconds: seconds, seed: seed)
        scene.atmosphere.wanderRMSPixels = 1.5
        scene.atmosphere.scintillationFraction = 0.02
        scene.atmosphere.cloudOpticalDepth = 0.15
        scene.driftXPixelsPerSecond = 0.1
        scene.driftYPixelsPerSecond = 0.03
        let quietSeconds = min(10, 0.2 * seconds)
        scene.inject(
            count: max(1, Int((seconds - quietSeconds) / 4)), signalToNoise: signalToNoise, kinds: [kind.flashKind],
            seed: seed &+ 6000, quietSeconds: quietSeconds)
        return DetectionTrial(scene: scene)
    }

    /// A scene in the target's usual frame (640 × 480 for the sky) with target events from 9 sigma, meteors from 18, and
    /// with satellites and cosmic rays.
    public static func acceptance(_ kind: SceneConfiguration.Kind, seconds: Double, seed: UInt64) -> DetectionTrial {
        var scene = SceneConfiguration.preset(kind)
        if kind == .sky { (scene.width, scene.height) = (640, 480) }
        scene.durationSeconds = seconds
        scene.seed = seed
        let count = max(1, Int(seconds / 10))
        let range = kind == .sky ? 18.0...60.0 : 9.0...30.0
        scene.inject(count: count, signalToNoise: range, kinds: [kind.flashKind], seed: seed &+ 3000)
        scene.inject(count: count, signalToNoise: 8...30, kinds: [.satellite, .cosmicRay], seed: seed &+ 4000)
        return DetectionTrial(scene: scene)
    }

    private static func base(_ kind: SceneConfiguration.Kind, seconds: Double, seed: UInt64) -> SceneConfiguration {
        switch kind {
        case .moon: .moon(width: 320, height: 240, durationSeconds: seconds, seed: seed)
        case .jupiter: .jupiter(width: 240, height: 240, durationSeconds: seconds, seed: seed)
        case .sky: .sky(width: 320, height: 240, durationSeconds: seconds, seed: seed)
        }
    }
}
