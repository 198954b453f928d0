// SPDX-License-Identifier: Apache-2.0

import Ephemeris
import Testing
import UTC

@testable import Detection

struct DiskGeometryTests {
    private func appearance(of body: Body) throws -> PhysicalEphemeris {
        let instant = try #require(UTCInstant(iso8601: "2024-12-07T00:00:00Z"))
        let site = GeodeticSite(longitudeDegrees: 0.14, latitudeDegrees: 42.94, heightMetres: 2877)
        return PhysicalEphemeris(of: body, from: Observer(site: site, epoch: Epoch(utc: instant)))
    }

    private func outline(of body: PhysicalEphemeris, angle: Double? = nil) -> DiskOutline {
        DiskOutline(
            centre: SIMD2(310, 250), radiusPixels: 200, axisRatio: body.outlineAxisRatio, equatorAngleDegrees: angle,
            equatorAngleErrorDegrees: angle == nil ? nil : 0.2,
            covariance: [0.01, 0, 0, 0, 0.01, 0, 0, 0, 0.01], residualPixels: 0.1, pointCount: 500, arcDegrees: 360)
    }

    private func geometry(
        _ body: Body, angle: Double = 20, error: Double = 0, mirrored: Bool = false, equator: Double? = nil
    ) throws -> DiskGeometry {
        let appearance = try appearance(of: body)
        return DiskGeometry(
            outline: outline(of: appearance, angle: equator),
            orientation: CameraOrientation(
                positionAngleDegrees: angle, positionAngleErrorDegrees: error, isMirrored: mirrored),
            appearance: appearance, system: .standard(of: body))
    }

    private func place(_ geometry: DiskGeometry, _ pixel: SIMD2<Double>, error: Double = 0.1) throws -> SurfacePlace {
        guard case .onDisk(let place) = geometry.position(of: pixel, errorPixels: error) else {
            throw NotOnDisk()
        }
        return place
    }

    struct NotOnDisk: Error {}

    @Test(arguments: Body.allCases, [false, true])
    func `Pixel and place lead back to each other`(body: Body, mirrored: Bool) throws {
        let geometry = try geometry(body, angle: 130, mirrored: mirrored)
        for pixel in [SIMD2(310.0, 250), SIMD2(200, 180), SIMD2(400, 300), SIMD2(330, 400)] {
            let found = try place(geometry, pixel)
            let back = try #require(geometry.pixel(of: found.coordinate))
            #expect(abs(back.x - pixel.x) < 1e-6 && abs(back.y - pixel.y) < 1e-6)
        }
    }

    @Test func `With north up, the Moon's east is on the right and its north above`() throws {
        let moon = try appearance(of: .moon)
        let axis = moon.axisPositionAngleDegrees()
        let middle = moon.subObserver(in: .selenographic)
        // The frame's upward direction along the Moon's axis: selenographic east is towards celestial west.
        let upright = try geometry(.moon, angle: axis)
        let right = try place(upright, SIMD2(360, 250)).coordinate
        #expect(right.longitudeEastDegrees > middle.longitudeEastDegrees + 10)
        let above = try place(upright, SIMD2(310, 200)).coordinate
        #expect(above.latitudeCentricDegrees > middle.latitudeCentricDegrees + 10)
        let mirrored = try geometry(.moon, angle: axis, mirrored: true)
        let mirroredRight = try place(mirrored, SIMD2(360, 250)).coordinate
        #expect(mirroredRight.longitudeEastDegrees < middle.longitudeEastDegrees - 10)
        #expect(abs(mirroredRight.latitudeCentricDegrees - right.latitudeCentricDegrees) < 0.5)
    }

    @Test func `Errors follow from the place's and grow towards the limb`() throws {
        let geometry = try geometry(.moon)
        let middle = try place(geometry, geometry.outline.centre, error: 0.3)
        // At the centre a pixel is 180/π/200 degrees of arc; centre and place add in quadrature.
        let expected = (0.01 + 0.09).squareRoot() / 200 * 180 / .pi
        #expect(abs(middle.latitudeErrorDegrees - expected) < 0.05 * expected)
        #expect(abs(middle.cosineOfEmission - 1) < 1e-9)
        let edge = try place(geometry, geometry.outline.centre + SIMD2(190, 0), error: 0.3)
        #expect(edge.longitudeErrorDegrees > 2.5 * middle.longitudeErrorDegrees)
        let limb = try place(geometry, geometry.outline.centre + SIMD2(199.9, 0), error: 0.3)
        #expect(limb.longitudeErrorDegrees.isFinite && limb.longitudeErrorDegrees > edge.longitudeErrorDegrees)
    }

    @Test func `The camera's angle counts with its error away from the centre`() throws {
        let sure = try place(try geometry(.moon), SIMD2(310, 100))
        let unsure = try place(try geometry(.moon, error: 2), SIMD2(310, 100))
        let added = (unsure.longitudeErrorDegrees, unsure.latitudeErrorDegrees)
        #expect(added.0 + added.1 > sure.longitudeErrorDegrees + sure.latitudeErrorDegrees + 0.5)
        #expect(unsure.coordinate == sure.coordinate)
    }

    @Test func `Beside the disk stands the distance from the limb`() throws {
        let geometry = try geometry(.moon)
        let position = geometry.position(of: SIMD2(310, 250 - 230), errorPixels: 0.1)
        guard case .besideDisk(let pixels, let arcseconds) = position else {
            Issue.record("a place 230 pixels from the centre of a disk of 200 is beside it")
            return
        }
        #expect(abs(pixels - 30) < 0.01)
        #expect(abs(arcseconds - 30 * geometry.arcsecondsPerPixel) < 0.05)
    }

    @Test func `An angle that nobody knows stays unknown in spite of the flattening`() throws {
        let unknown = try geometry(.jupiter, angle: 10, error: 180, equator: 70)
        #expect(unknown.orientation.positionAngleDegrees == 10)
        let found = try place(unknown, SIMD2(400, 250))
        #expect(found.longitudeErrorDegrees + found.latitudeErrorDegrees > 60)
    }

    @Test(arguments: [false, true])
    func `Jupiter's flattening corrects the configured angle`(mirrored: Bool) throws {
        let jupiter = try appearance(of: .jupiter)
        let truth = 47.0
        let orientation = CameraOrientation(
            positionAngleDegrees: truth, positionAngleErrorDegrees: 0, isMirrored: mirrored)
        let equator = orientation.frameAngleDegrees(ofPositionAngle: jupiter.axisPositionAngleDegrees()) + 90
        // Configured four degrees wrong, within its error of three.
        let corrected = try geometry(.jupiter, angle: truth + 4, error: 3, mirrored: mirrored, equator: equator)
        #expect(abs(corrected.orientation.positionAngleDegrees - truth) < 0.05)
        #expect(corrected.orientation.positionAngleErrorDegrees < 0.2)
        // The axis as the outline shows it is the axis on the surface.
        let pole = try #require(
            corrected.pixel(
                of: SurfaceCoordinate(
                    system: .jupiterIII,
                    longitudeEastDegrees: jupiter.subObserver(in: .jupiterIII).longitudeEastDegrees,
                    latitudeCentricDegrees: 80)))
        let along = pole - corrected.outline.centre
        let direction = SIMD2(along.y, -along.x)
        let seen = FrameVector<ICRF>(SIMD3(direction.x, direction.y, 0)).longitudeDegrees
        var turn = seen - equator
        turn -= 180 * (turn / 180).rounded()
        #expect(abs(turn) < 0.1)
    }
}
