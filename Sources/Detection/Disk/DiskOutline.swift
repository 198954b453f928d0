// SPDX-License-Identifier: Apache-2.0

/// Where a disk lies in a frame.
public struct DiskOutline: Sendable, Hashable {
    /// Column and row of the disk's centre, in pixels.
    public var centre: SIMD2<Double>
    /// Longest radius in pixels.
    public var radiusPixels: Double
    /// Ratio of the shortest to the longest diameter.
    public var axisRatio: Double
    /// Angle of the longest diameter from the rows, from right towards down, −90…90 degrees; nil for a circle.
    public var equatorAngleDegrees: Double?
    /// Standard error of `equatorAngleDegrees`; nil for a circle.
    public var equatorAngleErrorDegrees: Double?
    /// Variances and covariances of column, row and radius, in square pixels, row by row.
    public var covariance: [Double]
    /// Root mean square distance of the limb's points from the outline, in pixels.
    public var residualPixels: Double
    /// Points of the limb that agree with the outline.
    public var pointCount: Int
    /// Part of the outline that was seen, in degrees.
    public var arcDegrees: Double

    /// Standard error of the centre's column, in pixels.
    public var centreXErrorPixels: Double { covariance[0].squareRoot() }
    /// Standard error of the centre's row, in pixels.
    public var centreYErrorPixels: Double { covariance[4].squareRoot() }
    /// Standard error of the radius, in pixels.
    public var radiusErrorPixels: Double { covariance[8].squareRoot() }
}
