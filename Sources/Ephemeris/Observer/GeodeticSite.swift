// SPDX-License-Identifier: Apache-2.0

/// A place on the Earth, in WGS 84.
public struct GeodeticSite: Sendable, Hashable {
    /// Geodetic longitude in degrees, east positive.
    public var longitudeDegrees: Double
    /// Geodetic latitude in degrees, north positive, −90…90.
    public var latitudeDegrees: Double
    /// Height above the ellipsoid in metres.
    public var heightMetres: Double

    /// A place from its coordinates.
    public init(longitudeDegrees: Double, latitudeDegrees: Double, heightMetres: Double) {
        self.longitudeDegrees = longitudeDegrees
        self.latitudeDegrees = latitudeDegrees
        self.heightMetres = heightMetres
    }
}
