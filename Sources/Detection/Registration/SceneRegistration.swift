// SPDX-License-Identifier: Apache-2.0

import Camera

/// Finds how each frame lies against the background: displacement to a few hundredths of a pixel, gain and level.
///
/// Method: Gauss–Newton on the features of the scene (Lucas and Kanade, IJCAI 1981), with Huber's weights, started
/// from the displacement of the last frame or, if that does not fit, from the best of a coarse search.
struct SceneRegistration {
    /// Outcome for a frame.
    struct Result {
        var alignment: SceneAlignment
        /// False if the scene could not be found in the frame.
        var isReliable: Bool
    }

    private var scene: SceneFeatures?
    private var last = SceneAlignment.identity
    private var typicalCost = 0.0
    private var chosenAt = 0
    private var equations = NormalEquations(count: 4)

    private static let searchReach = 12
    private static let iterations = 8

    /// Forgets the scene.
    mutating func restart() { self = SceneRegistration() }

    /// The model has moved under the frames; displacements count from its new place.
    mutating func modelMoved(columns: Int, rows: Int) {
        last.displacement -= SIMD2(Double(columns), Double(rows))
        scene = nil
    }

    /// Registers a frame against a background that has learnt at least one.
    ///
    /// - Parameter localGain: how the gain differs over the frame, from the frames before.
    mutating func align(
        _ frame: Frame, to background: BackgroundModel, localGain: LocalGain = LocalGain()
    ) -> Result {
        last.localGain = localGain
        chooseFeatures(background)
        guard let scene, scene.suffice else { return Result(alignment: last, isReliable: true) }
        var best = refine(last, frame: frame, background: background, scene: scene)
        if typicalCost > 0, best.cost > max(2 * typicalCost, 2) {
            let start = search(frame: frame, background: background, scene: scene)
            let other = refine(start, frame: frame, background: background, scene: scene)
            if other.cost < best.cost { best = other }
        }
        let isReliable = typicalCost == 0 || best.cost < max(6 * typicalCost, 6)
        if isReliable {
            last = best.alignment
            typicalCost = typicalCost == 0 ? best.cost : typicalCost + (best.cost - typicalCost) / 32
        }
        return Result(alignment: best.alignment, isReliable: isReliable)
    }

    private mutating func chooseFeatures(_ background: BackgroundModel) {
        let count = background.framesLearnt
        let isDue = scene == nil || (count != chosenAt && (count <= 64 ? count.nonzeroBitCount == 1 : count % 512 == 0))
        guard isDue else { return }
        scene = SceneFeatures(background: background)
        chosenAt = count
    }

    /// Improves an alignment until it stands still; returns it with its mean robust cost in units of variance.
    private mutating func refine(
        _ start: SceneAlignment, frame: Frame, background: BackgroundModel, scene: SceneFeatures
    ) -> (alignment: SceneAlignment, cost: Double) {
        var alignment = start
        var cost = Double.infinity
        let white = Double(background.format.saturationLevel)
        for _ in 0..<SceneRegistration.iterations {
            cost = accumulate(alignment, frame: frame, background: background, scene: scene)
            guard cost.isFinite else { break }
            // Gain and level are hard to tell apart on a faint scene: the level stays near 0 unless it must not.
            equations.restrain(3, weight: 1 / (0.01 * white * white * 0.01))
            guard let step = equations.solve() else { break }
            let move = SIMD2(min(max(step[0], -2), 2), min(max(step[1], -2), 2))
            alignment.displacement += move
            alignment.gain = min(max(alignment.gain + step[2], 0.05), 20)
            alignment.level += step[3]
            if abs(move.x) + abs(move.y) < 0.004 { break }
        }
        return (alignment, cost)
    }

    /// Sums up the normal equations at an alignment; returns the mean of Huber's cost.
    private mutating func accumulate(
        _ alignment: SceneAlignment, frame: Frame, background: BackgroundModel, scene: SceneFeatures
    ) -> Double {
        equations.reset()
        let (columns, rows) = alignment.whole
        let weights = (
            x: CubicWeights(offset: -alignment.fraction.x), y: CubicWeights(offset: -alignment.fraction.y)
        )
        let format = background.format
        var cost = 0.0
        var count = 0
        for feature in scene.features {
            let x = feature.column + columns
            let y = feature.row + rows
            guard (0..<format.width).contains(x), (0..<format.height).contains(y), background.mask[x, y] == 0 else {
                continue
            }
            let scale = 1 / Double(background.deviation[feature.column, feature.row])
            var plain = alignment
            plain.gain = 1
            plain.level = 0
            plain.localGain = LocalGain()
            // The local gain acts on the light above the dark level alone; here it is as good to let it act on all.
            let local = 1 + alignment.localGain.value(column: feature.column, row: feature.row)
            func model(_ i: Int, _ j: Int) -> Double {
                local
                    * Double(
                        background.prediction(
                            column: feature.column + i, row: feature.row + j, alignment: plain, weights: weights))
            }
            let value = model(0, 0)
            let difference = (Double(frame[x, y]) - alignment.gain * value - alignment.level) * scale
            let size = abs(difference)
            let huber = size <= 3 ? 1 : 3 / size
            cost += size <= 3 ? size * size : 6 * size - 9
            count += 1
            // Moving the scene by +d makes the prediction at a fixed pixel change by -slope × d.
            let slopeX = (model(1, 0) - model(-1, 0)) / 2 * alignment.gain
            let slopeY = (model(0, 1) - model(0, -1)) / 2 * alignment.gain
            equations.add(
                SIMD8(-slopeX, -slopeY, value, 1, 0, 0, 0, 0) * scale, value: difference, weight: huber)
        }
        return count >= 16 ? cost / Double(count) : .infinity
    }

    /// The whole-pixel displacement near the last one with the least sum of absolute differences of the features'
    /// slopes, which do not depend on gain and level much.
    private func search(frame: Frame, background: BackgroundModel, scene: SceneFeatures) -> SceneAlignment {
        let format = background.format
        let reach = SceneRegistration.searchReach
        let (column0, row0) = last.whole
        let stride = max(1, scene.features.count / 256)
        var best = (cost: Double.infinity, columns: column0, rows: row0)
        for rows in (row0 - reach)...(row0 + reach) {
            for columns in (column0 - reach)...(column0 + reach) {
                var cost = 0.0
                var count = 0
                for index in Swift.stride(from: 0, to: scene.features.count, by: stride) {
                    let feature = scene.features[index]
                    let x = feature.column + columns
                    let y = feature.row + rows
                    guard x >= 2, y >= 2, x < format.width - 2, y < format.height - 2 else { continue }
                    let (dx, dy) = SceneFeatures.gradient(background.mean, feature.column, feature.row)
                    let fx = Float(frame[x + 1, y] - frame[x - 1, y]) / 2
                    let fy = Float(frame[x, y + 1] - frame[x, y - 1]) / 2
                    cost += Double(abs(fx - dx) + abs(fy - dy))
                    count += 1
                }
                guard 4 * count * stride >= scene.features.count else { continue }
                cost /= Double(count)
                if cost < best.cost { best = (cost, columns, rows) }
            }
        }
        var alignment = last
        alignment.displacement = SIMD2(Double(best.columns), Double(best.rows))
        return alignment
    }
}
