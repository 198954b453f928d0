// SPDX-License-Identifier: Apache-2.0

import Ephemeris
import Testing
import UTC

@testable import Detection

struct ImpactEnergyTests {
    @Test func `The fluxes of magnitude nought are those of the standard system`() {
        // Bessell, Castelli & Plez 1998, table A2: 363.1, 217.7 and 112.6 × 10⁻¹¹ erg cm⁻² s⁻¹ Å⁻¹.
        let expected: [(PhotometricBand, Double)] = [(.v, 363.1e-11), (.r, 217.7e-11), (.i, 112.6e-11)]
        for (band, flux) in expected {
            #expect(abs(band.fluxOfMagnitudeZero / (1e-3 * flux * band.widthAngstroms) - 1) < 0.002)
        }
    }

    @Test func `A magnitude follows from flux, exposure and zero point`() throws {
        let zero = PhotometricZeroPoint(magnitude: Magnitude(value: 18, standardError: 0.1), band: .r)
        let found = try #require(zero.magnitude(fluxADU: 400, fluxErrorADU: 20, exposureSeconds: 0.04))
        #expect(abs(found.value - 8) < 1e-12)
        #expect(abs(found.standardError - 0.1138) < 0.001)
        #expect(zero.magnitude(fluxADU: -3, fluxErrorADU: 1, exposureSeconds: 0.04) == nil)
        #expect(zero.magnitude(fluxADU: 10, fluxErrorADU: 1, exposureSeconds: 0) == nil)
    }

    @Test func `A flash of magnitude eight on the Moon weighs a few hundred grams`() {
        // By hand: 2.177e-9 erg/cm²/s/Å × 1607 Å × 10^(-3.2) × 0.033 s is 7.28e-14 J/m²; × 2π (3.844e8 m)² is
        // 6.76e4 J; / 1.5e-3 is 4.5e7 J; × 2 / (17 km/s)² is 0.31 kg.
        let fluence = PhotometricBand.r.fluxOfMagnitudeZero * powerOfTen(-0.4 * 8) * 0.033
        let energy = LunarImpactModel().energy(
            fluenceJoulesPerSquareMetre: fluence, relativeError: 0.05, band: .r, distanceKilometres: 384_400)
        #expect(abs(energy.luminousJoules.value / 6.76e4 - 1) < 0.02)
        #expect(abs(energy.kineticJoules.value / 4.51e7 - 1) < 0.02)
        #expect(abs(energy.massKilograms.value / 0.312 - 1) < 0.02)
        for estimate in [energy.luminousJoules, energy.kineticJoules, energy.massKilograms] {
            #expect(estimate.low < estimate.value && estimate.value < estimate.high)
        }
        let words = energy.assumptions.joined(separator: " ")
        for number in ["band R", "1607", "f = 2 (2 to 4)", "384 thousand km", "0.0015 (0.0005 to 0.005)", "17 km/s"] {
            #expect(words.contains(number), "\(number) is not among: \(words)")
        }
    }

    private func jupiter(_ time: String) throws -> PhysicalEphemeris {
        let instant = try #require(UTCInstant(iso8601: time))
        let site = GeodeticSite(longitudeDegrees: 0, latitudeDegrees: 0, heightMetres: 0)
        return PhysicalEphemeris(of: .jupiter, from: Observer(site: site, epoch: Epoch(utc: instant)))
    }

    @Test func `Jupiter at opposition has the magnitude of the almanac`() throws {
        // Opposition of 2022-09-26 at 3.953 au, the closest in decades: −2.9.
        #expect(abs(JovianImpactModel.magnitude(of: try jupiter("2022-09-26T20:00:00Z")) + 2.94) < 0.05)
    }

    @Test func `An eight thousandth of Jupiter for a second is some hundred kilotons`() throws {
        // By hand for 2010-06-03 at 5.164 au from the Earth and 4.966 from the Sun: V = −2.27; 3.63e-9 erg/cm²/s/Å ×
        // 840 Å × 10^(0.4 × 2.27) is 2.5e-8 W/m²; × 4π (7.73e11 m)² / 8000 is 2.3e13 J in V; over 0.107 and the
        // clouds' 2 that is 1.1e14 J of light; Brown's law makes it 6.1e14 J.
        let jupiter = try jupiter("2010-06-03T20:31:20Z")
        let energy = JovianImpactModel().energy(
            ratio: 60.0 / 8000, relativeError: 0.1, frameSeconds: 1.0 / 60, jupiter: jupiter)
        #expect(abs(energy.luminousJoules.value / 1.08e14 - 1) < 0.03)
        #expect(abs(energy.kineticJoules.value / 6.1e14 - 1) < 0.03)
        #expect(abs(energy.massKilograms.value / (2 * energy.kineticJoules.value / 3.6e9) - 1) < 1e-9)
        for estimate in [energy.luminousJoules, energy.kineticJoules, energy.massKilograms] {
            #expect(estimate.low < estimate.value && estimate.value < estimate.high)
        }
    }

    @Test func `A black body of the Sun's heat gives V an eighth of its light`() {
        #expect(abs(JovianImpactModel.shareInV(5800) - 0.113) < 0.01)
    }

    @Test func `Numbers of assumptions have two digits at the most`() {
        for (value, text) in [
            (0.0015, "0.0015"), (17, "17"), (0.005, "0.005"), (8000, "8000"), (1.2345e-2, "0.012"), (2, "2"), (0, "0"),
            (384.4, "380"),
        ] {
            #expect(short(value) == text)
        }
    }
}
