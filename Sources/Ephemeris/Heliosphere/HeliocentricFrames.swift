// SPDX-License-Identifier: Apache-2.0

/// Ecliptic and mean equinox of J2000.0; seen from the Sun, HAE of J2000.
public enum EclipticJ2000: ReferenceFrame {}

/// Heliographic inertial (HGI or HCI): z along the Sun's rotation axis, x to the ascending node of its equator on the
/// ecliptic of J2000.0.
public enum HeliographicInertial: ReferenceFrame {}

/// Heliocentric Earth ecliptic (HEE): z to the north of the ecliptic of J2000.0, x towards the Earth.
public enum HeliocentricEarthEcliptic: ReferenceFrame {}

extension Rotation where From == EclipticJ2000, To == HeliographicInertial {
    /// From the ecliptic to the Sun's equator: inclination 7.25°, ascending node 75.76°.
    ///
    /// - Reference: Fränz and Harper 2002, Planet. Space Sci. 50, 217, section 3.2.2, at J2000.0.
    public static let toHeliographicInertial: Rotation = {
        let node = FrameVector<EclipticJ2000>(longitudeDegrees: 75.76, latitudeDegrees: 0)
        let pole = FrameVector<EclipticJ2000>(longitudeDegrees: 75.76 - 90, latitudeDegrees: 90 - 7.25)
        return Rotation(x: node.components, y: pole.cross(node).components, z: pole.components)
    }()
}

extension Rotation where From == EclipticJ2000, To == HeliocentricEarthEcliptic {
    /// Turns the ecliptic so that the Earth stands at longitude 0 at that date.
    ///
    /// - Reference: Fränz and Harper 2002, Planet. Space Sci. 50, 217, section 3.2.2; the equinox does not matter.
    public static func toHeliocentricEarthEcliptic(at date: JulianDate<TDB>) -> Rotation {
        let longitude = Heliosphere.position(of: .earth, at: date).longitudeDegrees
        let x = FrameVector<EclipticJ2000>(longitudeDegrees: longitude, latitudeDegrees: 0)
        let y = FrameVector<EclipticJ2000>(longitudeDegrees: longitude + 90, latitudeDegrees: 0)
        return Rotation(x: x.components, y: y.components, z: SIMD3(0, 0, 1))
    }
}
