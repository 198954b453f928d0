// SPDX-License-Identifier: Apache-2.0

import CERFA

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A site at an instant: where it is, how it moves, how the Earth is turned.
public struct Observer: Sendable {
    /// The site.
    public let site: GeodeticSite
    /// The instant.
    public let epoch: Epoch
    /// Position from the Earth's centre, in km.
    public let geocentricPosition: FrameVector<ICRF>
    /// Position from the barycentre of the solar system, in km.
    public let barycentricPosition: FrameVector<ICRF>
    /// Velocity against the barycentre, in km/s.
    public let barycentricVelocity: FrameVector<ICRF>
    /// From ICRF axes to those of the true equator and equinox of the instant.
    public let toTrueOfDate: Rotation<ICRF, TrueOfDate>

    private let toEarthFixed: Rotation<ICRF, EarthFixed>

    /// An observer at a site and instant.
    ///
    /// Note: polar motion is left out, which moves the site by 20 m at the most.
    ///
    /// - Reference: ERFA `c2t06a` and `pnm06a` (IAU 2006/2000A precession and nutation), `gd2gc` (WGS 84), `epv00`.
    public init(site: GeodeticSite, epoch: Epoch) {
        self.site = site
        self.epoch = epoch
        let blank = [(Double, Double, Double)](repeating: (0, 0, 0), count: 3)
        var terrestrial = blank
        eraC2t06a(epoch.tt.day, epoch.tt.fraction, epoch.ut1.day, epoch.ut1.fraction, 0, 0, &terrestrial)
        toEarthFixed = Rotation(erfa: terrestrial)
        var trueOfDate = blank
        eraPnm06a(epoch.tt.day, epoch.tt.fraction, &trueOfDate)
        toTrueOfDate = Rotation(erfa: trueOfDate)
        var metres = [0.0, 0.0, 0.0]
        _ = eraGd2gc(
            1, site.longitudeDegrees * .pi / 180, site.latitudeDegrees * .pi / 180, site.heightMetres, &metres)
        let fixed = FrameVector<EarthFixed>(SIMD3(metres[0], metres[1], metres[2]) / 1000)
        let axis = FrameVector<EarthFixed>(SIMD3(0, 0, AstronomicalConstants.earthRotationRadiansPerSecond))
        geocentricPosition = toEarthFixed.inverse(fixed)
        let earth = SolarSystem.earth(at: epoch.tdb)
        barycentricPosition = earth.position + geocentricPosition
        barycentricVelocity = earth.velocity + toEarthFixed.inverse(axis.cross(fixed))
    }

    /// The direction in which light from `direction` seems to come to the moving observer.
    ///
    /// Note: special relativity as in ERFA `ab`, without the Sun's gravitation (0.02″ for the Moon at night).
    func aberrated(_ direction: FrameVector<ICRF>) -> FrameVector<ICRF> {
        let beta = (1 / AstronomicalConstants.lightSpeedKilometresPerSecond) * barycentricVelocity
        let inverseGamma = (1 - beta.dot(beta)).squareRoot()
        let along = direction.dot(beta)
        return (1 / (1 + along)) * (inverseGamma * direction + (1 + along / (1 + inverseGamma)) * beta)
    }

    /// Altitude above the horizon without refraction, and azimuth from north through east, in degrees.
    func horizontal(_ apparent: FrameVector<ICRF>) -> (altitudeDegrees: Double, azimuthDegrees: Double) {
        let fixed = toEarthFixed(apparent)
        let zenith = FrameVector<EarthFixed>(
            longitudeDegrees: site.longitudeDegrees, latitudeDegrees: site.latitudeDegrees)
        let north = FrameVector<EarthFixed>(
            longitudeDegrees: site.longitudeDegrees, latitudeDegrees: site.latitudeDegrees + 90)
        let east = north.cross(zenith)
        let azimuth = atan2(fixed.dot(east), fixed.dot(north)) * 180 / .pi
        return (90 - fixed.angleDegrees(to: zenith), azimuth < 0 ? azimuth + 360 : azimuth)
    }
}
