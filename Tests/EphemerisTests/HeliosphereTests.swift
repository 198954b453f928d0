// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Ephemeris

@Suite struct `The heliosphere` {
    /// Rows of a numerical ephemeris: days since J2000 in TDB and AU along the ecliptic of J2000.
    @Test(arguments: [
        (Planet.mercury, 2_450_204.5, SIMD3(-0.3948266604, -0.0675402856, 0.0307263869)),
        (.venus, 2_451_545, SIMD3(-0.7183022964, -0.0326543080, 0.0410141809)),
        (.earth, 2_450_204.5, SIMD3(-0.7609434082, -0.6605246951, -0.0000069695)),
        (.mars, 2_450_204.5, SIMD3(1.3293547525, 0.4855086750, -0.0225144607)),
        (.jupiter, 2_451_545, SIMD3(4.0011771685, 2.9385760816, -0.1017856818)),
        (.saturn, 2_450_204.5, SIMD3(9.5335726314, -0.1650435501, -0.3761993285)),
        (.uranus, 2_451_545, SIMD3(14.4318572524, -13.7343205487, -0.2381392070)),
        (.neptune, 2_450_204.5, SIMD3(13.1926448258, -27.1231187702, 0.2543699918)),
    ])
    func `Planets are within half an arcsecond of a numerical ephemeris`(
        planet: Planet, date: Double, truth: SIMD3<Double>
    ) {
        let found = Heliosphere.position(of: planet, at: JulianDate(day: date, fraction: 0))
        let expected = FrameVector<EclipticJ2000>(truth)
        #expect(found.angleDegrees(to: expected) * 3600 < 0.5)
        #expect(abs(found.length / expected.length - 1) < 3e-6)
    }

    @Test func `Every planet of the whole table is within half an arcsecond`() throws {
        guard let rows = WholeTables.rows("planets_helio_ecl_j2000.csv") else { return }
        var errors = ErrorCount()
        for row in rows {
            guard let planet = Planet(rawValue: (row["body"] ?? "").lowercased()) else { continue }
            let date = JulianDate<TDB>(day: row.number("jd_tdb"), fraction: 0)
            let truth = FrameVector<EclipticJ2000>(
                SIMD3(row.number("x_au"), row.number("y_au"), row.number("z_au")))
            errors.add(Heliosphere.position(of: planet, at: date).angleDegrees(to: truth) * 3600)
        }
        print("planets in arcseconds: \(errors)")
        #expect(errors.greatest < 0.5 && errors.greatest > 0)
    }

    @Test func `The Earth stands at longitude 0 of HEE and within the Sun's tilt of its equator`() {
        for day in stride(from: 2_457_388.5, to: 2_457_754.5, by: 30) {
            let date = JulianDate<TDB>(day: day, fraction: 0)
            let earth = Heliosphere.position(of: .earth, at: date)
            let hee = Rotation.toHeliocentricEarthEcliptic(at: date)(earth)
            #expect(abs(hee.longitudeDegrees) < 1e-9)
            let hgi = Rotation<EclipticJ2000, HeliographicInertial>.toHeliographicInertial(earth)
            #expect(abs(hgi.latitudeDegrees) < 7.26)
        }
    }

    @Test func `The Earth sees the Sun's equator edge-on in June and most from the north in September`() {
        // Heliographic latitudes of the Astronomical Almanac: 0° on June 6, +7.2° on September 8 or so.
        func latitude(_ day: Double) -> Double {
            let earth = Heliosphere.position(of: .earth, at: JulianDate(day: day, fraction: 0))
            return Rotation<EclipticJ2000, HeliographicInertial>.toHeliographicInertial(earth).latitudeDegrees
        }
        #expect(abs(latitude(2_457_545.5)) < 0.2 && latitude(2_457_639.5) > 7.2)
    }
}
