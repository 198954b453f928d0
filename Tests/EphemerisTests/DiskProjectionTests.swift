// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Ephemeris

struct DiskProjectionTests {
    @Test(arguments: FeatureRow.moonSamples.indices)
    func `A direction becomes a place on the Moon within a fiftieth of a degree`(index: Int) throws {
        let row = FeatureRow.moonSamples[index]
        let moon = try appearance(of: .moon, site: row.site, utc: row.utc)
        let disk = DiskProjection(moon, system: .selenographic)
        let truth = SurfaceCoordinate(
            system: .selenographic, longitudeEastDegrees: row.longitude, latitudeCentricDegrees: row.latitude)
        try check(disk, row, truth)
    }

    @Test(arguments: FeatureRow.jupiterSamples.indices)
    func `A direction becomes a place on Jupiter within a fiftieth of a degree`(index: Int) throws {
        let row = FeatureRow.jupiterSamples[index]
        let jupiter = try appearance(of: .jupiter, site: row.site, utc: row.utc)
        let disk = DiskProjection(jupiter, system: .jupiterIII, north: .icrf)
        let truth = SurfaceCoordinate(
            system: .jupiterIII, longitudeWestDegrees: row.longitude, latitudeGraphicDegrees: row.latitude)
        try check(disk, row, truth)
    }

    private func check(_ disk: DiskProjection, _ row: FeatureRow, _ truth: SurfaceCoordinate) throws {
        let offset = DiskOffset(eastArcseconds: row.east, northArcseconds: row.north)
        let found = try #require(disk.surface(at: offset))
        #expect(arc(found.place, truth) < 0.02)
        #expect(abs(found.cosineOfEmission - row.cosineOfEmission) < 0.001)
        let back = disk.offset(of: truth)
        // 0.02° of the surface, foreshortened.
        let allowed = 0.02 * .pi / 180 * disk.limbRadiusArcseconds
        #expect(abs(back.offset.eastArcseconds - row.east) < allowed)
        #expect(abs(back.offset.northArcseconds - row.north) < allowed)
    }

    @Test(arguments: Body.allCases)
    func `Place and direction lead back to each other`(body: Body) throws {
        let system = RotationSystem.standard(of: body)
        let disk = DiskProjection(
            try appearance(of: body, site: FeatureRow.anywhere, utc: "2024-12-07T00:00:00Z"), system: system)
        for step in 0..<100 {
            let direction = FrameVector<ICRF>(longitudeDegrees: Double(step) * 137.5, latitudeDegrees: 0).components
            let radius = disk.limbRadiusArcseconds * 0.93 * (Double(step) / 100).squareRoot()
            let offset = DiskOffset(
                eastArcseconds: radius * direction.x, northArcseconds: radius * direction.y)
            let found = try #require(disk.surface(at: offset))
            let back = disk.offset(of: found.place)
            #expect(abs(back.offset.eastArcseconds - offset.eastArcseconds) < 1e-6)
            #expect(abs(back.offset.northArcseconds - offset.northArcseconds) < 1e-6)
            #expect(abs(back.cosineOfEmission - found.cosineOfEmission) < 1e-9)
        }
    }

    @Test(arguments: Body.allCases)
    func `Beside the disk there is no place but a distance from the limb`(body: Body) throws {
        let disk = DiskProjection(
            try appearance(of: body, site: FeatureRow.anywhere, utc: "2024-12-07T00:00:00Z"),
            system: .standard(of: body))
        let radius = disk.limbRadiusArcseconds
        let beside = DiskOffset(eastArcseconds: 0, northArcseconds: 1.2 * radius)
        #expect(disk.surface(at: beside) == nil)
        let distance = disk.distanceFromLimbArcseconds(beside)
        #expect(distance > 0.199 * radius && distance < 0.27 * radius)
        let edge = DiskOffset(eastArcseconds: 0, northArcseconds: 1.2 * radius - distance)
        #expect(abs(disk.distanceFromLimbArcseconds(edge)) < 1e-6 * radius)
        let middle = disk.distanceFromLimbArcseconds(DiskOffset(eastArcseconds: 1e-9, northArcseconds: 0))
        #expect(abs(middle + radius) < 0.07 * radius)
    }

    @Test func `The outline of Jupiter is flattened as its radii say`() throws {
        let jupiter = try appearance(of: .jupiter, site: FeatureRow.anywhere, utc: "2026-01-10T00:00:00Z")
        #expect(abs(jupiter.outlineAxisRatio - 66_854.0 / 71_492) < 0.0002)
        let moon = try appearance(of: .moon, site: FeatureRow.anywhere, utc: "2026-01-10T00:00:00Z")
        #expect(moon.outlineAxisRatio == 1)
    }

    @Test func `Latitudes and longitudes are written both ways`() {
        let place = SurfaceCoordinate(
            system: .jupiterIII, longitudeWestDegrees: 200, latitudeGraphicDegrees: 45)
        #expect(abs(place.longitudeEastDegrees - 160) < 1e-12)
        #expect(abs(place.longitudeWestDegrees - 200) < 1e-12)
        #expect(abs(place.latitudeGraphicDegrees - 45) < 1e-12)
        #expect(place.latitudeCentricDegrees < 41.2 && place.latitudeCentricDegrees > 41.1)
        let moon = SurfaceCoordinate(
            system: .selenographic, longitudeEastDegrees: 190, latitudeCentricDegrees: -12)
        #expect(abs(moon.longitudeEastDegrees + 170) < 1e-12)
        #expect(abs(moon.latitudeGraphicDegrees - moon.latitudeCentricDegrees) < 1e-12)
    }

    @Test func `Every feature of the tables is met`() throws {
        for (name, body, north) in [
            ("moon_feature_offsets.csv", Body.moon, NorthReference.trueOfDate),
            ("jupiter_feature_offsets.csv", .jupiter, .icrf),
        ] {
            guard let rows = WholeTables.rows(name) else { return }
            let sites = WholeTables.rows("moon_topocentric.csv") ?? []
            let sevilla = GeodeticSite(longitudeDegrees: -5.98, latitudeDegrees: 37.35, heightMetres: 20)
            var surface = ErrorCount()
            var sky = ErrorCount()
            for row in rows {
                let site = sites.first { $0["site"] == row["site"] && body == .moon }?.site
                let appearance = try appearance(
                    of: body, site: site ?? (body == .moon ? sevilla : FeatureRow.anywhere), utc: row["utc"] ?? "")
                let system = RotationSystem.standard(of: body)
                let disk = DiskProjection(appearance, system: system, north: north)
                let truth =
                    body == .moon
                    ? SurfaceCoordinate(
                        system: system, longitudeEastDegrees: row.number("feature_lon_E_deg"),
                        latitudeCentricDegrees: row.number("feature_lat_deg"))
                    : SurfaceCoordinate(
                        system: system, longitudeWestDegrees: row.number("lon_III_W_deg"),
                        latitudeGraphicDegrees: row.number("lat_graphic_deg"))
                let suffix = body == .moon ? "" : "_ICRF"
                let offset = DiskOffset(
                    eastArcseconds: row.number("dxi_arcsec_E" + suffix),
                    northArcseconds: row.number("deta_arcsec_N" + suffix))
                let found = try #require(disk.surface(at: offset))
                surface.add(arc(found.place, truth))
                let back = disk.offset(of: truth).offset
                sky.add(
                    DiskOffset(
                        eastArcseconds: back.eastArcseconds - offset.eastArcseconds,
                        northArcseconds: back.northArcseconds - offset.northArcseconds
                    ).distanceArcseconds)
            }
            print("\(name), \(rows.count) rows: on the surface \(surface)°; on the sky \(sky)″")
            #expect(surface.greatest < 0.02)
        }
    }
}
