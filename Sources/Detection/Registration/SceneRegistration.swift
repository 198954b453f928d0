// SPDX-License-Identifier: Apache-2.0

import Camera

/// Finds how each frame lies against the background: displacement to a few hundredths of a pixel, gain and level.
///
/// Method: Gauss–Newton with the slopes of the background instead of those of the frame, which are worked out once
/// for many frames, on the features of the scene, with Huber's weights. Displacement, gain, level and the two slopes
/// of the gain are fitted together, because a cloud that dims one limb of a disk would else look like a displacement.
/// It starts from the displacement of the last frame or, if that does not fit, from the best of a coarse search.
///
/// Reference: Baker, S., Matthews, I. (2004), *Lucas–Kanade 20 years on*, IJCV 56, 221, the inverse compositional
/// algorithm.
struct SceneRegistration {
    /// Outcome for a frame.
    struct Result {
        var alignment: SceneAlignment
        /// False if the scene could not be found in the frame.
        var isReliable: Bool
        /// False if the background has too little structure to tell: the frame is then taken as lying where the
        /// background lies.
        var hasStructure: Bool
    }

    private var scene: SceneFeatures?
    private var last = SceneAlignment.identity
    private var typicalCost = 0.0
    private var chosenAt = 0

    private static let iterations = 16
    /// A step shorter than this ends the iteration, in pixels. The next ones would be several times shorter each, and
    /// what is left a tenth of the error aimed at.
    private static let stillness = 0.008
    /// Residuals further out than this many σ count with their first power only.
    private static let huber: Float = 2.5
    /// Standard deviation of what is expected of a frame before it is looked at: the seeing's step from the last
    /// frame in pixels; the level in parts of the sample range; the local gain's slopes.
    private static let expected = (step: 4.0, level: 0.01, slope: 0.02)

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
        chooseFeatures(background)
        guard let scene, scene.suffice else {
            last = .identity
            return Result(alignment: .identity, isReliable: true, hasStructure: false)
        }
        last.localGain = localGain
        var best = refine(last, frame: frame, background: background, scene: scene)
        if typicalCost > 0, best.cost > max(2 * typicalCost, 2) {
            let start = SceneSearch.displacement(of: frame, near: last, scene: scene)
            var other = last
            other.displacement = start
            let found = refine(other, frame: frame, background: background, scene: scene)
            if found.cost < best.cost { best = found }
        }
        let isReliable = typicalCost == 0 || best.cost < max(6 * typicalCost, 6)
        if isReliable {
            last = best.alignment
            typicalCost = typicalCost == 0 ? best.cost : typicalCost + (best.cost - typicalCost) / 32
        }
        return Result(alignment: best.alignment, isReliable: isReliable, hasStructure: true)
    }

    /// All features when the background is new or has doubled its knowledge, then a few with every frame.
    private mutating func chooseFeatures(_ background: BackgroundModel) {
        let count = background.framesLearnt
        if scene == nil || (count != chosenAt && count <= 64 && count.nonzeroBitCount == 1) {
            var fresh = scene ?? SceneFeatures(width: background.format.width, height: background.format.height)
            scene = nil
            fresh.chooseAll(background)
            scene = fresh
            chosenAt = count
        } else {
            scene?.chooseSome(background)
        }
    }

    /// Improves an alignment until it stands still; returns it with its mean robust cost in units of variance.
    ///
    /// The first steps ask one cell in four, which is enough to come near.
    private func refine(
        _ start: SceneAlignment, frame: Frame, background: BackgroundModel, scene: SceneFeatures
    ) -> (alignment: SceneAlignment, cost: Double) {
        var state = State(alignment: start, slopes: .zero)
        var cost = Double.infinity
        let expected = SceneRegistration.expected
        let levelWeight = 1 / (expected.level * expected.level * pow2(background.format.saturationLevel))
        var skip = scene.cellCount >= 64 ? 4 : 1
        for _ in 0..<SceneRegistration.iterations {
            var equations = NormalEquations(count: 6)
            cost = accumulate(
                state, frame: frame, mask: background.mask, scene: scene, skip: skip, into: &equations)
            guard cost.isFinite else {
                guard skip > 1 else { break }
                skip = 1
                continue
            }
            let moved = start.displacement - state.alignment.displacement
            equations.restrain(0, weight: 1 / (expected.step * expected.step), to: moved.x)
            equations.restrain(1, weight: 1 / (expected.step * expected.step), to: moved.y)
            // Gain and level are hard to tell apart on a faint scene: the level stays near 0 unless it must not.
            equations.restrain(3, weight: levelWeight, to: -state.alignment.level)
            equations.restrain(4, weight: 1 / (expected.slope * expected.slope), to: -state.slopes.x)
            equations.restrain(5, weight: 1 / (expected.slope * expected.slope), to: -state.slopes.y)
            guard let step = equations.solve() else { break }
            let move = SIMD2(min(max(step[0], -2), 2), min(max(step[1], -2), 2))
            state.alignment.displacement += move
            state.alignment.gain = min(max(state.alignment.gain + step[2], 0.05), 20)
            state.alignment.level += step[3]
            state.slopes += SIMD2(step[4], step[5])
            let size = abs(move.x) + abs(move.y)
            if skip == 1, size < SceneRegistration.stillness { break }
            if size < 0.1 { skip = 1 }
        }
        return (state.alignment, cost)
    }

    /// What is fitted: the alignment, and how the gain rises along the rows and the columns beyond the local gain.
    private struct State {
        var alignment: SceneAlignment
        var slopes: SIMD2<Double>
    }

    private func pow2(_ value: Int) -> Double { Double(value) * Double(value) }

    /// Sums up the normal equations at an alignment; returns the mean of Huber's cost.
    private func accumulate(
        _ state: State, frame: Frame, mask: Plane<UInt8>, scene: SceneFeatures, skip: Int,
        into equations: inout NormalEquations
    ) -> Double {
        frame.withBytes { bytes in
            guard let base = bytes.baseAddress else { return .infinity }
            return frame.format.bytesPerSample == 1
                ? accumulate(
                    state, samples: base.assumingMemoryBound(to: UInt8.self), format: frame.format, mask: mask,
                    scene: scene, skip: skip, into: &equations)
                : accumulate(
                    state, samples: base.assumingMemoryBound(to: UInt16.self), format: frame.format, mask: mask,
                    scene: scene, skip: skip, into: &equations)
        }
    }

    private func accumulate<Sample: FixedWidthInteger & UnsignedInteger>(
        _ state: State, samples: UnsafePointer<Sample>, format: FrameFormat, mask: Plane<UInt8>,
        scene: SceneFeatures, skip: Int, into equations: inout NormalEquations
    ) -> Double {
        let alignment = state.alignment
        let sampling = FrameSampling(format: format, displacement: alignment.displacement)
        let gain = Float(alignment.gain)
        let level = Float(alignment.level)
        let local = alignment.localGain
        let dark = Float(local.dark)
        let slopes = SIMD2<Float>(state.slopes)
        let huber = SceneRegistration.huber
        var cost: Float = 0
        var count = 0
        for cell in stride(from: 0, to: scene.cellCount, by: skip) {
            var sums = InlineArray<6, SIMD8<Float>>(repeating: .zero)
            var right = SIMD8<Float>.zero
            for feature in scene.features(inCell: cell) where feature.inverseDeviation > 0 {
                let column = Int(feature.column)
                let row = Int(feature.row)
                guard let value = sampling.value(samples, column: column, row: row) else { continue }
                let nearest = sampling.nearest(column: column, row: row)
                guard mask[nearest.column, nearest.row] == 0 else { continue }
                let place = SIMD2<Float>(local.place(column: column, row: row))
                let even = gain * feature.value + level
                let light = even - dark
                let predicted = even + (local.share(column: column, row: row) + (slopes * place).sum()) * light
                let scale = feature.inverseDeviation
                let difference = (value - predicted) * scale
                let size = abs(difference)
                let weight = size <= huber ? 1 : huber / size
                cost += size <= huber ? size * size : huber * (2 * size - huber)
                count += 1
                // Moving on along a rising slope meets more light than expected.
                let coefficients =
                    scale
                    * SIMD8<Float>(
                        -gain * feature.slopeX, -gain * feature.slopeY, feature.value, 1, place.x * light,
                        place.y * light, 0, 0)
                let weighted = weight * coefficients
                right += difference * weighted
                for unknown in 0..<6 { sums[unknown] += coefficients[unknown] * weighted }
            }
            equations.add(sums: sums, right: right)
        }
        return count >= 16 ? Double(cost) / Double(count) : .infinity
    }
}
