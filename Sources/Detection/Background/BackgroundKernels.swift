// SPDX-License-Identifier: Apache-2.0

/// Loops over one row of pixels that run seldom, or on wandering scenes only; the others are in `PixelKernels`.
///
/// Every pointer covers at least `count` elements; callers check that. The loops are written so that the compiler
/// makes vectors of them.
enum BackgroundKernels {
    /// Replaces masked samples by their prediction, so that they deviate by nothing.
    static func mask(
        _ mask: UnsafePointer<UInt8>, sample: UnsafeMutablePointer<Float>, prediction: UnsafePointer<Float>,
        count: Int
    ) {
        for x in 0..<count { sample[x] = mask[x] == 0 ? sample[x] : prediction[x] }
    }

    /// Adds a share of the light above the dark level that is a parabola of the column.
    static func brighten(
        _ row: UnsafeMutablePointer<Float>, constant: Float, linear: Float, square: Float, dark: Float, count: Int
    ) {
        for x in 0..<count {
            let position = Float(x)
            row[x] += (constant + position * (linear + position * square)) * (row[x] - dark)
        }
    }
}
