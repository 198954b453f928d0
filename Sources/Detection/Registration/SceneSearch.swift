// SPDX-License-Identifier: Apache-2.0

import Camera

/// Coarse search for a scene that has jumped, by wind or a push: the displacement on a grid of two pixels at which
/// the steepest features fit best. Point spreads and limbs are wide enough for the registration to go on from there.
enum SceneSearch {
    /// Farthest displacement from the last one that is tried, in pixels.
    static let reach = 32
    private static let step = 2
    /// Cells asked, at most.
    private static let limit = 128
    /// Differences count no more than this many σ, so that what is hidden or new does not decide.
    private static let clip: Float = 6

    /// The best displacement near an alignment, whose gain and level are kept; or near the background's own place if
    /// that is better.
    static func displacement(of frame: Frame, near last: SceneAlignment, scene: SceneFeatures) -> SIMD2<Double> {
        let around = last.displacement.rounded(.toNearestOrAwayFromZero)
        let near = best(frame, around: around, last: last, scene: scene)
        let far = max(abs(around.x), abs(around.y)) > Double(reach) / 2
        let home = far ? best(frame, around: .zero, last: last, scene: scene) : near
        return home.cost < near.cost ? home.displacement : near.displacement
    }

    private static func best(
        _ frame: Frame, around: SIMD2<Double>, last: SceneAlignment, scene: SceneFeatures
    ) -> (displacement: SIMD2<Double>, cost: Float) {
        var best = (displacement: last.displacement, cost: Float.infinity)
        for rows in stride(from: -reach, through: reach, by: step) {
            for columns in stride(from: -reach, through: reach, by: step) {
                let displacement = around + SIMD2(Double(columns), Double(rows))
                let cost = cost(frame, displacement: displacement, last: last, scene: scene)
                if cost < best.cost { best = (displacement, cost) }
            }
        }
        return best
    }

    /// Mean clipped difference of the features in σ; infinite if most of them lie outside of the frame.
    private static func cost(
        _ frame: Frame, displacement: SIMD2<Double>, last: SceneAlignment, scene: SceneFeatures
    ) -> Float {
        let columns = Int(displacement.x)
        let rows = Int(displacement.y)
        let gain = Float(last.gain)
        let level = Float(last.level)
        let skip = max(1, scene.cellCount / limit)
        var sum: Float = 0
        var asked = 0
        var seen = 0
        for cell in stride(from: 0, to: scene.cellCount, by: skip) {
            for axis in 0..<2 {
                let feature = scene.steepest(inCell: cell, axis: axis)
                guard feature.inverseDeviation > 0 else { continue }
                asked += 1
                let x = Int(feature.column) + columns
                let y = Int(feature.row) + rows
                guard x >= 0, y >= 0, x < frame.format.width, y < frame.format.height else { continue }
                let difference = (Float(frame[x, y]) - gain * feature.value - level) * feature.inverseDeviation
                sum += min(abs(difference), clip)
                seen += 1
            }
        }
        return seen > 0 && 4 * seen >= asked ? sum / Float(seen) : .infinity
    }
}
