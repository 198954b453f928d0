// SPDX-License-Identifier: Apache-2.0

/// How the gain differs over the frame: thin cloud in front of a bright disk.
///
/// The deviation from the global gain is a parabola of the place, applied to the light above the dark level. Five
/// numbers follow a cloud as large as the disk and cannot imitate a flash.
struct LocalGain: Equatable {
    /// Factors of u, v, u², u v and v², where u and v run from -1 to 1 across the frame; the rest is unused.
    var factors = SIMD8<Double>.zero
    /// Level of the frame without light, in ADU, which no cloud dims.
    var dark = 0.0
    /// Half the width and height of the frame, in pixels.
    private let half: SIMD2<Double>

    init(width: Int = 2, height: Int = 2) { half = SIMD2(Double(width), Double(height)) / 2 }

    /// True if the gain is the same everywhere.
    var isFlat: Bool { factors == .zero }

    /// u, v, u², u v and v² at a pixel.
    func terms(column: Int, row: Int) -> SIMD8<Double> {
        let u = Double(column) / half.x - 1
        let v = Double(row) / half.y - 1
        return SIMD8(u, v, u * u, u * v, v * v, 0, 0, 0)
    }

    /// Deviation of the gain at a pixel.
    func value(column: Int, row: Int) -> Double { (factors * terms(column: column, row: row)).sum() }

    /// The same in the precision of samples.
    func share(column: Int, row: Int) -> Float { Float(value(column: column, row: row)) }

    /// Applies the deviation to a row of predictions.
    func apply(to prediction: ScratchRow, row: Int) {
        guard !isFlat else { return }
        let v = Double(row) / half.y - 1
        // Along a row the deviation is a parabola of u.
        let constant = factors[1] * v + factors[4] * v * v
        let linear = factors[0] + factors[3] * v
        BackgroundKernels.brighten(
            prediction.base, constant: Float(constant - linear + factors[2]),
            linear: Float((linear - 2 * factors[2]) / half.x), square: Float(factors[2] / (half.x * half.x)),
            dark: Float(dark), count: prediction.width)
    }
}
