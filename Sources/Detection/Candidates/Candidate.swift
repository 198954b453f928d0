// SPDX-License-Identifier: Apache-2.0

/// A spot of light in a frame, or in the sum of several, that stands out of the background.
///
/// Places are in pixels of the scene (of the background model); `Detector` turns them into pixels of the frame.
struct Candidate {
    /// Number that is unique within a detector.
    var identifier: Int
    /// Last frame that it was seen in; the only one unless `frames` is more than 1.
    var frame: Int
    /// Frames summed.
    var frames: Int
    /// Place of the fitted point spread.
    var place: SIMD2<Double>
    /// Standard error of a coordinate.
    var placeError: Double
    /// Matched-filter signal to noise, relative to the local width of the filter's output.
    var statistic: Double
    /// Standard deviation of the point spread that fits best.
    var sigma: Double
    /// Flux in ADU, and its standard error; of the present frame alone.
    var flux: Double
    var fluxError: Double
    /// True if a pixel is saturated.
    var isSaturated: Bool
    /// Width of the noise around it over that of the pixels' own noise, at least 1; it is in `statistic` and
    /// `fluxError` already.
    var noiseWidth = 1.0
    /// Level of the pixels around over the height of the spot above the background, with its standard error: near 1 in a
    /// wide blob, about 0 around a point of light. A spot so strong that it is its own glare has a halo of its own.
    var halo = 0.0
    var haloError = 0.0
    /// By how much a blob wider than any picture of a point explains it better: difference of squared signal to noise.
    /// Negative for a point; 0 where it was not asked.
    var breadth = 0.0
}
