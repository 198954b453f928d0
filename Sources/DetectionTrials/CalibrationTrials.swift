// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// The scenes that probabilities are calibrated with: everything that happens before a target, far more often than in
/// nature.
public enum CalibrationTrials {
    /// A scene with a target's events and all that can be mistaken for them.
    ///
    /// Signal to noise is evenly spread from the threshold to some three times as much, where mistakes happen. One scene
    /// in four has thin cloud.
    ///
    /// - Parameters:
    ///   - seconds: length of the scene.
    ///   - seed: of scene and events; every fourth has cloud.
    public static func trial(_ target: ObservationTarget, seconds: Double, seed: UInt64) -> DetectionTrial {
        func cover(_ scene: SceneConfiguration) -> DetectionTrial {
            var trial = DetectionTrial(scene: scene)
            if seed % 4 == 3 { trial.scene.addThinCloud() }
            return trial
        }
        switch target {
        case .moon:
            var scene = SceneConfiguration.moon(width: 320, height: 240, durationSeconds: seconds, seed: seed)
            inject([.lunarFlash: 6...20, .satellite: 6...20, .cosmicRay: 6...25], into: &scene, everySeconds: 3)
            return cover(scene)
        case .jupiter:
            var scene = SceneConfiguration.jupiter(width: 240, height: 240, durationSeconds: seconds, seed: seed)
            inject([.fireball: 8...25, .satellite: 6...20, .cosmicRay: 6...25], into: &scene, everySeconds: 10)
            return cover(scene)
        case .sky:
            var scene = SceneConfiguration.sky(width: 320, height: 240, durationSeconds: seconds, seed: seed)
            inject(
                [
                    .meteor: 14...60, .satellite: 6...20, .aircraft: 6...30, .cosmicRay: 6...25, .insect: 6...30,
                ], into: &scene, everySeconds: 5)
            inject([.lightning: 20...200], into: &scene, everySeconds: 40)
            return cover(scene)
        }
    }

    /// Runs scenes and gives all their reports as examples.
    ///
    /// - Parameters:
    ///   - seeds: one scene each.
    ///   - rates: of nature.
    public static func examples(
        _ target: ObservationTarget, seconds: Double, seeds: Range<UInt64>, rates: NaturalRates = .standard
    ) throws -> [CalibrationExample] {
        var examples: [CalibrationExample] = []
        for seed in seeds {
            let outcome = try trial(target, seconds: seconds, seed: seed).run()
            examples += CalibrationExample.examples(of: outcome, target: target, rates: rates)
        }
        // Each scene stands for an hour of nature; together they stand for one.
        for index in examples.indices { examples[index].weight /= Double(max(seeds.count, 1)) }
        return examples
    }

    private static func inject(
        _ ranges: [SceneEvent.Kind: ClosedRange<Double>], into scene: inout SceneConfiguration,
        everySeconds seconds: Double
    ) {
        for (offset, kind) in SceneEvent.Kind.allCases.enumerated() {
            guard let range = ranges[kind] else { continue }
            scene.inject(
                count: max(1, Int(scene.durationSeconds / seconds)), signalToNoise: range, kinds: [kind],
                seed: scene.seed &* 64 &+ UInt64(offset))
        }
    }
}
