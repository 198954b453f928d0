// SPDX-License-Identifier: Apache-2.0

import Ephemeris

/// A place on a body, with its errors.
public struct SurfacePlace: Sendable, Hashable {
    /// The place.
    public var coordinate: SurfaceCoordinate
    /// Standard error of the longitude in degrees.
    public var longitudeErrorDegrees: Double
    /// Standard error of the latitude in degrees; for Jupiter of the planetographic one.
    public var latitudeErrorDegrees: Double
    /// Cosine of the angle between the vertical and the line of sight: 1 in the middle of the disk, 0 at the limb.
    public var cosineOfEmission: Double
}
