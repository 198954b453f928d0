// SPDX-License-Identifier: Apache-2.0

/// What is known of a disk's outline before it is searched for.
public struct DiskShape: Sendable, Hashable {
    /// Ratio of the shortest to the longest diameter, 1 for a circle.
    public var axisRatio: Double
    /// Longest radius in pixels; nil if the scale of the image is unknown.
    public var radiusPixels: Double?
    /// Standard error of `radiusPixels`.
    public var radiusErrorPixels: Double
    /// By how much the steepest place of the limb lies inside it, in standard deviations of the point spread: 0 for a
    /// disk that is as bright at the limb as in the middle, 0.76 for one whose brightness goes with the cosine of the
    /// emission angle.
    public var limbDarkeningShift: Double
    /// Heights of the ground along the limb, as a standard deviation in radii: a body's limb is no circle.
    public var limbReliefFraction: Double
    /// Standard deviation of the point spread in pixels.
    public var pointSpreadSigmaPixels: Double

    /// A shape from its parts.
    public init(
        axisRatio: Double, radiusPixels: Double? = nil, radiusErrorPixels: Double = 0, limbDarkeningShift: Double = 0,
        limbReliefFraction: Double = 0, pointSpreadSigmaPixels: Double = 1
    ) {
        self.axisRatio = axisRatio
        self.radiusPixels = radiusPixels
        self.radiusErrorPixels = radiusErrorPixels
        self.limbDarkeningShift = limbDarkeningShift
        self.limbReliefFraction = limbReliefFraction
        self.pointSpreadSigmaPixels = pointSpreadSigmaPixels
    }
}
