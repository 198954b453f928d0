// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Ephemeris

struct PhysicalEphemerisTests {
    @Test(arguments: MoonRow.samples.indices)
    func `The Moon appears as JPL's ephemeris has it`(index: Int) throws {
        let row = MoonRow.samples[index]
        let moon = try appearance(of: .moon, site: row.site, utc: row.utc)
        #expect(abs(turn(from: row.rightAscension, to: moon.rightAscensionDegrees)) < 0.003)
        #expect(abs(moon.declinationDegrees - row.declination) < 0.002)
        // The tables know UT1 − UTC, which is taken as 0 here: half a second turns the sky by 0.002°.
        #expect(abs(moon.altitudeDegrees - row.altitude) < 0.006)
        #expect(abs(turn(from: row.azimuth, to: moon.azimuthDegrees)) < 0.006)
        #expect(abs(moon.distanceKilometres - row.distanceKilometres) < 15)
        let middle = moon.subObserver(in: .selenographic)
        #expect(abs(middle.longitudeEastDegrees - row.subObserver.longitude) < 0.005)
        #expect(abs(middle.latitudeCentricDegrees - row.subObserver.latitude) < 0.005)
        let noon = moon.subSolar(in: .selenographic)
        #expect(abs(noon.longitudeEastDegrees - row.subSolar.longitude) < 0.01)
        #expect(abs(noon.latitudeCentricDegrees - row.subSolar.latitude) < 0.01)
        #expect(abs(turn(from: row.axis, to: moon.axisPositionAngleDegrees())) < 0.005)
        // Near full Moon the middle of the bright limb runs round the disk: here 0.13° are 0.01° on the sphere.
        #expect(abs(turn(from: row.brightLimb, to: moon.brightLimbPositionAngleDegrees())) < 0.15)
        #expect(abs(moon.phaseAngleDegrees - row.phaseAngle) < 0.005)
    }

    @Test func `Jupiter shows the meridians of its three systems`() throws {
        // 2021-09-13, the night of an impact flash; DE421 with the constants of pck00010.tpc.
        let jupiter = try appearance(of: .jupiter, site: FeatureRow.anywhere, utc: "2021-09-13T22:39:30Z")
        let systems = [(RotationSystem.jupiterI, 86.6472), (.jupiterII, 64.2534), (.jupiterIII, 254.3314)]
        for (system, meridian) in systems {
            #expect(abs(turn(from: meridian, to: jupiter.subObserver(in: system).longitudeWestDegrees)) < 0.01)
        }
        let middle = jupiter.subObserver(in: .jupiterIII)
        #expect(abs(middle.latitudeCentricDegrees - 0.66328) < 0.005)
        #expect(abs(middle.latitudeGraphicDegrees - 0.75849) < 0.005)
        #expect(abs(turn(from: 338.4458, to: jupiter.axisPositionAngleDegrees(from: .icrf))) < 0.005)
        #expect(abs(turn(from: 338.3773, to: jupiter.axisPositionAngleDegrees(from: .trueOfDate))) < 0.005)
        #expect(abs(jupiter.lightTimeSeconds / 60 - 34.11859) < 0.005)
        #expect(abs(2 * jupiter.semidiameterArcseconds - 48.0562) < 0.01)
        #expect(abs(jupiter.phaseAngleDegrees - 5.2553) < 0.01)
        let noon = jupiter.subSolar(in: .jupiterIII)
        #expect(abs(turn(from: 249.0758, to: noon.longitudeWestDegrees)) < 0.02)
    }

    @Test func `UT1 taken as nought moves the Moon's middle by less than a thousandth of a degree`() throws {
        let instant = try #require(UTCInstant(iso8601: "2017-02-01T17:13:57.862Z"))
        let site = MoonRow.samples[0].site
        let middles = [0, 0.9].map { difference in
            PhysicalEphemeris(
                of: .moon,
                from: Observer(site: site, epoch: Epoch(utc: instant, ut1MinusUTCSeconds: difference))
            ).subObserver(in: .selenographic)
        }
        let shift = arc(middles[0], middles[1])
        #expect(shift > 0 && shift < 0.001)
    }

    @Test func `Every row of the Moon's table is met`() throws {
        guard let rows = WholeTables.rows("moon_topocentric.csv") else { return }
        var middle = ErrorCount()
        var axis = ErrorCount()
        var distance = ErrorCount()
        for row in rows {
            let moon = try appearance(of: .moon, site: row.site, utc: row["utc"] ?? "")
            let found = moon.subObserver(in: .selenographic)
            let truth = SurfaceCoordinate(
                system: .selenographic, longitudeEastDegrees: row.number("subobs_lon_E_deg"),
                latitudeCentricDegrees: row.number("subobs_lat_deg"))
            middle.add(arc(found, truth))
            axis.add(turn(from: row.number("axis_pa_deg"), to: moon.axisPositionAngleDegrees()))
            distance.add(moon.distanceKilometres - row.number("dist_km"))
        }
        print("Moon, \(rows.count) rows: sub-observer point \(middle)°; axis \(axis)°; distance \(distance) km")
        #expect(middle.greatest < 0.005)
        #expect(axis.greatest < 0.005)
        #expect(distance.greatest < 15)
    }

    @Test func `Every row of Jupiter's table is met`() throws {
        guard let rows = WholeTables.rows("jupiter_cml.csv") else { return }
        var meridian = ErrorCount()
        var latitude = ErrorCount()
        var axis = ErrorCount()
        for row in rows {
            let jupiter = try appearance(of: .jupiter, site: FeatureRow.anywhere, utc: row["utc"] ?? "")
            let systems = [RotationSystem.jupiterI, .jupiterII, .jupiterIII]
            for (system, name) in zip(systems, ["CML_I_deg", "CML_II_deg", "CML_III_deg"]) {
                let found = jupiter.subObserver(in: system).longitudeWestDegrees
                meridian.add(turn(from: row.number(name), to: found))
            }
            let middle = jupiter.subObserver(in: .jupiterIII)
            latitude.add(middle.latitudeGraphicDegrees - row.number("De_graphic_deg"))
            axis.add(
                turn(from: row.number("north_pole_pa_deg_ICRF"), to: jupiter.axisPositionAngleDegrees(from: .icrf)))
        }
        print("Jupiter, \(rows.count) rows: meridians \(meridian)°; latitude \(latitude)°; axis \(axis)°")
        #expect(meridian.greatest < 0.012)
        #expect(latitude.greatest < 0.005)
        #expect(axis.greatest < 0.005)
    }
}
