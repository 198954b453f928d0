// SPDX-License-Identifier: Apache-2.0

/// How a frame lies against the background model: displacement, gain and level.
///
/// A pixel (x, y) of the model appears in the frame at (x + displacement.x, y + displacement.y) with the brightness
/// gain × background + level.
struct SceneAlignment {
    /// Displacement of the scene in pixels.
    var displacement = SIMD2<Double>(0, 0)
    /// Factor of brightness: scintillation, transparency.
    var gain = 1.0
    /// Brightness added everywhere, in ADU.
    var level = 0.0

    /// How the gain differs over the frame.
    var localGain = LocalGain()

    static let identity = SceneAlignment()

    /// The displacement rounded to whole pixels.
    var whole: (columns: Int, rows: Int) {
        (Int(displacement.x.rounded()), Int(displacement.y.rounded()))
    }

    /// What a frame should show of a pixel of the background, in ADU.
    @inline(__always)
    func expected(_ mean: Float, column: Int, row: Int) -> Float {
        let even = Float(gain) * mean + Float(level)
        return localGain.isFlat
            ? even : even + localGain.share(column: column, row: row) * (even - Float(localGain.dark))
    }

    /// What rounding left, -0.5…0.5 pixels.
    var fraction: SIMD2<Double> { displacement - displacement.rounded(.toNearestOrAwayFromZero) }
}
