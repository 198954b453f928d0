// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Finds a disk in an image by its limb, to a fraction of a pixel.
///
/// Given: an image and what is known of the shape. Returned: the outline with its covariance.
///
/// Method: edges (`LimbEdges`), the circle that most of them face (`LimbSearch`), then an ellipse of the known axis ratio
/// by least squares of the distance from it, with Tukey's weights so that craters, moons and the terminator do not
/// count. A known radius counts as one more observation.
///
/// Notes:
/// 1. Of a circle the angle remains unknown; of an ellipse it is known up to half a turn.
/// 2. Neighbouring points of a limb share the noise of one point spread; the covariance counts one point per
///    2√π σ, the equivalent width of its autocorrelation.
/// 3. The Moon's mountains (`DiskShape.limbReliefFraction`) count as an error that stretches of 10° have in common.
/// 4. For Jupiter the radius is corrected for limb darkening (`DiskShape.limbDarkeningShift`), with a third of the
///    point spread as its error.
public enum LimbFit {
    /// Least part of the outline that fixes a disk, in degrees: with less, the sagitta is a few pixels only.
    private static let leastArcDegrees = 25.0
    /// Pixels of an image that is searched as it is; a larger one is binned.
    private static let pixelLimit = 700_000

    /// Fits the outline.
    public static func outline(
        in image: BackgroundImage, shape: DiskShape
    ) throws(LimbFitError) -> DiskOutline {
        var factor = 1
        while image.width * image.height / (factor * factor) > pixelLimit { factor += 1 }
        let points = LimbEdges(image.binned(by: factor)).points
        guard points.count >= 24 else {
            throw LimbFitError(code: .noEdges, message: "the image shows no limb")
        }
        let scale = Double(factor)
        let side = Double(max(image.width, image.height)) / scale
        let known = shape.radiusPixels.map { $0 / scale }
        let search = LimbSearch(
            points: points, radii: known.map { (0.9 * $0)...(1.1 * $0) } ?? (8...(3 * side)),
            tolerance: 0.004 + 0.6 * (1 - shape.axisRatio))
        guard let circle = search.best() else {
            throw LimbFitError(
                code: .noOutline,
                message: known == nil
                    ? "no outline of the right shape fits the image's edges"
                    : "no outline of the size that the pixel scale gives fits the image's edges")
        }
        let starts = shape.axisRatio < 0.999 ? [0, 0.25, 0.5, 0.75].map { $0 * Double.pi } : [0]
        let fits = starts.compactMap { angle in
            EllipseFit(points: points, circle: circle, angle: angle, shape: shape, scale: scale)
        }
        guard let best = fits.max(by: { $0.weight < $1.weight }) else {
            throw LimbFitError(code: .noOutline, message: "no outline of the right shape fits the image's edges")
        }
        guard best.arcDegrees >= leastArcDegrees else {
            throw LimbFitError(
                code: .tooLittleLimb, message: "only \(Int(best.arcDegrees))° of the limb are in the image")
        }
        return best.outline(origin: image.origin, binning: factor)
    }
}
