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
}
