// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A place on the surface of a body, or at Jupiter's one-bar level.
public struct SurfaceCoordinate: Sendable, Hashable {
    /// What the longitude is counted from.
    public let system: RotationSystem
    /// Longitude, east positive, −180…180 degrees.
    public let longitudeEastDegrees: Double
    /// Angle at the body's centre between equator and place, north positive, in degrees.
    public let latitudeCentricDegrees: Double

    /// A place by its east longitude and planetocentric latitude, in degrees.
    public init(system: RotationSystem, longitudeEastDegrees: Double, latitudeCentricDegrees: Double) {
        self.system = system
        self.longitudeEastDegrees = wrapped(longitudeEastDegrees, from: -180)
        self.latitudeCentricDegrees = latitudeCentricDegrees
    }

    /// A place by its west longitude and planetographic latitude, in degrees, as tables of Jupiter give it.
    public init(system: RotationSystem, longitudeWestDegrees: Double, latitudeGraphicDegrees: Double) {
        self.init(
            system: system, longitudeEastDegrees: -longitudeWestDegrees,
            latitudeCentricDegrees: scaled(latitudeGraphicDegrees, by: system.squaredAxisRatio))
    }

    /// Longitude, west positive, 0…360 degrees.
    public var longitudeWestDegrees: Double { wrapped(-longitudeEastDegrees, from: 0) }

    /// Angle between the equator and the vertical at the place, north positive, in degrees.
    public var latitudeGraphicDegrees: Double { scaled(latitudeCentricDegrees, by: 1 / system.squaredAxisRatio) }

    /// The place by a vector from the body's centre.
    init(system: RotationSystem, _ vector: FrameVector<BodyFixed>) {
        self.init(
            system: system, longitudeEastDegrees: vector.longitudeDegrees,
            latitudeCentricDegrees: vector.latitudeDegrees)
    }

    /// The place as a vector from the body's centre, in km.
    var vectorKilometres: FrameVector<BodyFixed> {
        let direction = FrameVector<BodyFixed>(
            longitudeDegrees: longitudeEastDegrees, latitudeDegrees: latitudeCentricDegrees)
        let body = system.body
        let stretched =
            direction.components
            / SIMD3(body.equatorialRadiusKilometres, body.equatorialRadiusKilometres, body.polarRadiusKilometres)
        return direction / (stretched * stretched).sum().squareRoot()
    }
}

extension RotationSystem {
    /// Square of the ratio of the polar to the equatorial radius.
    fileprivate var squaredAxisRatio: Double { (1 - body.oblateness) * (1 - body.oblateness) }
}

/// An angle in degrees moved by whole turns into the turn that begins at `start`.
private func wrapped(_ degrees: Double, from start: Double) -> Double {
    let turned = degrees - 360 * ((degrees - start) / 360).rounded(.down)
    return turned >= start + 360 ? start : turned
}

/// The angle whose tangent is `factor` times that of an angle, in degrees.
private func scaled(_ degrees: Double, by factor: Double) -> Double {
    let angle = degrees * .pi / 180
    return atan2(factor * sin(angle), cos(angle)) * 180 / .pi
}
