// SPDX-License-Identifier: Apache-2.0

import Camera

/// What a frame should show, from the mean of the scene and how the frame lies against it.
enum ScenePrediction {
    /// Predicts a row of the scene into the workspace, in ADU.
    static func row(
        _ row: Int, mean: Plane<Float>, alignment: SceneAlignment, workspace: BackgroundWorkspace,
        kernels: PixelKernels
    ) {
        let width = mean.width
        let fraction = alignment.fraction
        let target = workspace.prediction
        let level = Float(alignment.level)
        if fraction == .zero, alignment.gain == 1 {
            kernels.functions.raise(mean.row(row), level, target.base, width)
        } else {
            func line(_ offset: Int) -> UnsafePointer<Float>? {
                UnsafePointer(mean.row(min(max(row + offset, 0), mean.height - 1)))
            }
            withUnsafeTemporaryAllocation(of: UnsafePointer<Float>?.self, capacity: 5) { rows in
                for index in 0..<5 { rows[index] = line(index - 2) }
                withUnsafePointer(to: CubicWeights(offset: -fraction.y)) { weights in
                    weights.withMemoryRebound(to: Float.self, capacity: 5) {
                        kernels.functions.combine(rows.baseAddress, $0, workspace.blend.base, width)
                    }
                }
            }
            workspace.blend.extendEdges()
            withUnsafePointer(to: CubicWeights(offset: -fraction.x)) { weights in
                weights.withMemoryRebound(to: Float.self, capacity: 5) {
                    kernels.functions.shift(
                        workspace.blend.base, $0, Float(alignment.gain), level, target.base, width)
                }
            }
        }
        alignment.localGain.apply(to: target, row: row)
    }
}

extension BackgroundModel {
    /// Expected value of the frame at a pixel of the model, in ADU.
    func prediction(column: Int, row: Int, alignment: SceneAlignment, weights: (x: CubicWeights, y: CubicWeights))
        -> Float
    {
        var sum: Float = 0
        if alignment.fraction == .zero {
            sum = mean[column, row]
        } else {
            for j in -2...2 where weights.y[j] != 0 {
                let y = min(max(row + j, 0), format.height - 1)
                var line: Float = 0
                for i in -2...2 { line += weights.x[i] * mean[min(max(column + i, 0), format.width - 1), y] }
                sum += weights.y[j] * line
            }
        }
        return alignment.expected(sum, column: column, row: row)
    }

    /// By how much an error of registration widens the noise of a point spread's flux at a place; 1 where the scene is
    /// even.
    ///
    /// On a slope |∇m| an error of δ pixels changes all pixels under the point spread together: its flux errs by
    /// δ |∇m| 4π s² in addition to 2 √π s σ from the pixels' noise.
    func edgeFactor(at place: SIMD2<Double>, sigma: Double) -> Double {
        let column = min(max(Int(place.x.rounded()), 1), format.width - 2)
        let row = min(max(Int(place.y.rounded()), 1), format.height - 2)
        let slope = SceneFeatures.gradient(mean, column, row)
        let steepness = Double(slope.dx * slope.dx + slope.dy * slope.dy).squareRoot()
        let ratio =
            BackgroundModel.registrationError * steepness * 2 * Double.pi.squareRoot() * sigma
            / Double(deviation[column, row])
        return (1 + ratio * ratio).squareRoot()
    }

    /// Error of the scene's displacement at a place, in pixels. What the air moves parts of the scene against each other
    /// widens the pixels' own deviation and the local width of the filters besides.
    static let registrationError = 0.06
}
