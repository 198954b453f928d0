// SPDX-License-Identifier: Apache-2.0

/// A local maximum of a matched filter's output, before it is tested exactly.
struct SpotPeak {
    /// Column and row of the maximum, in pixels of the model.
    var column: Int
    var row: Int
    /// Sub-pixel place of the maximum relative to it, by parabolas.
    var offset: SIMD2<Double>
    /// Output of the filter over its local width, in standard deviations.
    var statistic: Double
    /// Standard deviation of the filter's point spread, in pixels.
    var sigma: Double
    /// Frames that were summed, the last of them the present one.
    var frames: Int
}
