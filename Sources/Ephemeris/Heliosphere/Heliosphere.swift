// SPDX-License-Identifier: Apache-2.0

import CNova
import Synchronization

/// Where the planets are as the Sun sees them.
public enum Heliosphere {
    /// libnova keeps its last result of each planet in variables that all threads share.
    private static let libraryLock = Mutex(())

    /// Geometric position of a planet's centre from the Sun's, in AU, without light time.
    ///
    /// Within 0.5″ of a modern numerical ephemeris from 1996 to 2035.
    ///
    /// VSOP87 was fitted to DE200, whose mean longitudes of Uranus and Neptune have drifted from what later observations
    /// found by 1.3″ and 1.7″ in that time; a term linear in time puts that right.
    ///
    /// - Reference: VSOP87 (Bretagnon and Francou 1988, Astron. Astrophys. 202, 309) in libnova, whose heliocentric
    ///   longitudes and latitudes refer to J2000.0.
    public static func position(of planet: Planet, at date: JulianDate<TDB>) -> FrameVector<EclipticJ2000> {
        var place = ln_helio_posn()
        let julianDate = date.day + date.fraction
        libraryLock.withLock { _ in
            switch planet {
            case .mercury: ln_get_mercury_helio_coords(julianDate, &place)
            case .venus: ln_get_venus_helio_coords(julianDate, &place)
            case .earth: ln_get_earth_helio_coords(julianDate, &place)
            case .mars: ln_get_mars_helio_coords(julianDate, &place)
            case .jupiter: ln_get_jupiter_helio_coords(julianDate, &place)
            case .saturn: ln_get_saturn_helio_coords(julianDate, &place)
            case .uranus: ln_get_uranus_helio_coords(julianDate, &place)
            case .neptune: ln_get_neptune_helio_coords(julianDate, &place)
            }
        }
        let longitude = place.L - longitudeDriftArcseconds(of: planet, at: date) / 3600
        return place.R * FrameVector(longitudeDegrees: longitude, latitudeDegrees: place.B)
    }

    /// By how much VSOP87 is ahead in longitude: straight lines through the differences from the numerical ephemeris of
    /// JPL at five dates of Neptune and four of Uranus between 1996 and 2035, which they meet within 0.07″.
    private static func longitudeDriftArcseconds(of planet: Planet, at date: JulianDate<TDB>) -> Double {
        let years = date.daysSinceJ2000 / 365.25
        return switch planet {
        case .uranus: 0.224 - 0.0568 * years
        case .neptune: 0.656 + 0.02976 * years
        default: 0
        }
    }
}
