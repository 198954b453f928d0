// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How a body appears to an observer: where it stands, how far it is, which side it shows and how the Sun lights it.
///
/// Light time and aberration are in everything that is apparent; refraction is in nothing.
public struct PhysicalEphemeris: Sendable {
    /// The body.
    public let body: Body
    /// Who looks, and when.
    public let observer: Observer

    /// Apparent right ascension, true equator and equinox of date, 0…360 degrees.
    public let rightAscensionDegrees: Double
    /// Apparent declination of date in degrees.
    public let declinationDegrees: Double
    /// Altitude of the centre above the horizon without refraction, in degrees.
    public let altitudeDegrees: Double
    /// Azimuth of the centre from north through east, 0…360 degrees.
    public let azimuthDegrees: Double
    /// Distance of the centre when the light left it, in km.
    public let distanceKilometres: Double
    /// Time that the light took, in seconds.
    public let lightTimeSeconds: Double
    /// Distance of the body from the Sun, in km.
    public let sunDistanceKilometres: Double
    /// Angle Sun–body–observer in degrees.
    public let phaseAngleDegrees: Double
    /// Angle of the equatorial radius as seen by the observer, in arcseconds.
    public let semidiameterArcseconds: Double

    /// From the body's centre to the observer, in km, along ICRF axes, as the light saw it.
    let towardsObserver: FrameVector<ICRF>
    private let towardsSun: FrameVector<ICRF>
    private let departure: JulianDate<TDB>

    /// The appearance of a body for an observer.
    ///
    /// Notes, against DE421 from 1992 to 2026: the Moon stands within 0.0012° and 11 km; its sub-observer point and the
    /// position angle of its axis are good to 0.004°. Jupiter stands within 0.007°; its central meridian and axis are
    /// good to 0.009°.
    public init(of body: Body, from observer: Observer) {
        self.body = body
        self.observer = observer
        let light = AstronomicalConstants.lightSpeedKilometresPerSecond
        var seconds = 0.0
        var position = FrameVector<ICRF>(.zero)
        // Each round shrinks the error by the ratio of the body's speed to that of light: three leave microseconds.
        for _ in 0..<3 {
            position =
                SolarSystem.position(of: body, at: observer.epoch, secondsBefore: seconds)
                - observer.barycentricPosition
            seconds = position.length / light
        }
        departure = observer.epoch.tdb.advanced(bySeconds: -seconds)
        towardsObserver = -position
        towardsSun = SolarSystem.sun(at: departure) - (position + observer.barycentricPosition)
        lightTimeSeconds = seconds
        distanceKilometres = position.length
        sunDistanceKilometres = towardsSun.length
        phaseAngleDegrees = towardsObserver.angleDegrees(to: towardsSun)
        semidiameterArcseconds =
            asin(body.equatorialRadiusKilometres / position.length) * AstronomicalConstants.arcsecondsPerRadian
        let apparent = observer.aberrated(position.normalized)
        let ofDate = observer.toTrueOfDate(apparent)
        rightAscensionDegrees = ofDate.longitudeDegrees < 0 ? ofDate.longitudeDegrees + 360 : ofDate.longitudeDegrees
        declinationDegrees = ofDate.latitudeDegrees
        (altitudeDegrees, azimuthDegrees) = observer.horizontal(apparent)
    }

    /// The place in the middle of the disk.
    public func subObserver(in system: RotationSystem) -> SurfaceCoordinate {
        SurfaceCoordinate(system: system, orientation(in: system)(towardsObserver))
    }

    /// The place that has the Sun overhead.
    public func subSolar(in system: RotationSystem) -> SurfaceCoordinate {
        SurfaceCoordinate(system: system, orientation(in: system)(towardsSun))
    }

    /// Angle of the body's north pole from celestial north through east, 0…360 degrees.
    public func axisPositionAngleDegrees(from north: NorthReference = .trueOfDate) -> Double {
        positionAngleDegrees(
            of: orientation(in: .standard(of: body)).inverse(FrameVector(SIMD3(0, 0, 1))), north: north)
    }

    /// Angle of the middle of the bright limb from celestial north through east, 0…360 degrees.
    public func brightLimbPositionAngleDegrees(from north: NorthReference = .trueOfDate) -> Double {
        positionAngleDegrees(of: towardsSun, north: north)
    }

    /// Ratio of the shortest to the longest diameter of the disk's outline.
    ///
    /// - Reference: outline of an oblate spheroid seen from latitude B far away: √(sin²B + (1 − f)² cos²B).
    public var outlineAxisRatio: Double {
        let latitude = subObserver(in: .standard(of: body)).latitudeCentricDegrees * .pi / 180
        let polar = (1 - body.oblateness) * cos(latitude)
        return (sin(latitude) * sin(latitude) + polar * polar).squareRoot()
    }

    /// How the body's axes lay when the light left it.
    func orientation(in system: RotationSystem) -> Rotation<ICRF, BodyFixed> { system.orientation(at: departure) }

    /// Unit vectors on the sky: towards the body's centre, and from there to the east and north.
    func skyAxes(
        _ north: NorthReference
    ) -> (centre: FrameVector<ICRF>, east: FrameVector<ICRF>, north: FrameVector<ICRF>) {
        let centre = (-towardsObserver).normalized
        let z = SIMD3<Double>(0, 0, 1)
        let pole =
            north == .icrf ? FrameVector<ICRF>(z) : observer.toTrueOfDate.inverse(FrameVector<TrueOfDate>(z))
        let east = pole.cross(centre).normalized
        return (centre, east, centre.cross(east))
    }

    private func positionAngleDegrees(of direction: FrameVector<ICRF>, north: NorthReference) -> Double {
        let sky = skyAxes(north)
        let angle = atan2(direction.dot(sky.east), direction.dot(sky.north)) * 180 / .pi
        return angle < 0 ? angle + 360 : angle
    }
}
