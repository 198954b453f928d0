// SPDX-License-Identifier: Apache-2.0

import CERFA
import Testing
import UTC

@testable import Ephemeris

struct EpochTests {
    @Test func `Terrestrial Time is ahead of UTC by the leap seconds and 32 point 184 seconds`() throws {
        for (text, seconds) in [("2010-06-03T12:00:00Z", 66.184), ("2017-01-01T12:00:00Z", 69.184)] {
            let instant = try #require(UTCInstant(iso8601: text))
            let epoch = Epoch(utc: instant)
            let days = epoch.tt.daysSinceJ2000 - Double(instant.nanosecondsSince1970) / 86_400e9 + 10_957.5
            #expect(abs(days * 86_400 - seconds) < 1e-4)
        }
    }

    @Test func `Barycentric time stays within two milliseconds of Terrestrial Time`() throws {
        let instant = try #require(UTCInstant(iso8601: "2026-04-01T00:00:00Z"))
        let epoch = Epoch(utc: instant)
        let seconds = (epoch.tdb.fraction - epoch.tt.fraction) * 86_400
        // In early April the periodic term is near its greatest, 1.657 ms.
        #expect(seconds > 0.0015 && seconds < 0.0018)
    }

    @Test func `UT1 follows the difference that is given`() throws {
        let instant = try #require(UTCInstant(iso8601: "2020-06-01T00:00:00Z"))
        let plain = Epoch(utc: instant)
        let shifted = Epoch(utc: instant, ut1MinusUTCSeconds: -0.25)
        let difference = shifted.ut1.daysSinceJ2000 - plain.ut1.daysSinceJ2000
        #expect(abs(difference * 86_400 + 0.25) < 1e-4)
    }
}

/// The positions against the numbers with which ERFA tests itself (`t_erfa_c.c`).
struct SolarSystemTests {
    private let unit = AstronomicalConstants.astronomicalUnitKilometres

    @Test func `The Moon stands where ERFA's own test has it`() {
        let moon = SolarSystem.moonFromEarth(at: JulianDate(day: 2_400_000.5, fraction: 43_999.9))
        let expected = SIMD3(-0.2601295959971044180e-2, 0.6139750944302742189e-3, 0.2640794528229828909e-3)
        #expect((moon - FrameVector(unit * expected)).length < 1e-5)
    }

    @Test func `The Earth stands and moves as in ERFA's own test`() {
        let earth = SolarSystem.earth(at: JulianDate(day: 2_400_000.5, fraction: 53_411.52501161))
        let position = SIMD3(-0.7714104440491111971, 0.5598412061824171323, 0.2425996277722452400)
        let velocity = SIMD3(-0.1091874268116823295e-1, -0.1246525461732861538e-1, -0.5404773180966231279e-2)
        #expect((earth.position - FrameVector(unit * position)).length < 1e-4)
        #expect((earth.velocity - FrameVector(unit / 86_400 * velocity)).length < 1e-9)
    }
}
