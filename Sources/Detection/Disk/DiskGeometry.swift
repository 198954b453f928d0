// SPDX-License-Identifier: Apache-2.0

import Ephemeris

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// From a pixel to a place on the Moon or Jupiter.
///
/// It joins the disk's outline in the frame, the camera's orientation on the sky and the body's appearance at the time.
/// The plate scale is that of the outline: the body's known size over the fitted radius.
public struct DiskGeometry: Sendable {
    /// Where the disk lies in the frame.
    public let outline: DiskOutline
    /// How the frame lies on the sky; for Jupiter the configured one, improved by the disk's flattening.
    public let orientation: CameraOrientation
    /// What longitudes are counted from.
    public var system: RotationSystem { projection.system }
    /// Scale of the frame in arcseconds per pixel.
    public var arcsecondsPerPixel: Double { projection.limbRadiusArcseconds / outline.radiusPixels }

    private let projection: DiskProjection
    /// Standard error of the centre from the unlit part of the limb, in pixels.
    private let phaseErrorPixels: Double

    /// A geometry from its parts.
    ///
    /// Notes:
    /// 1. The outline of a flattened disk shows the direction of the axis up to half a turn; the configured orientation
    ///    decides which, and both angles count with their errors.
    /// 2. The part of Jupiter's limb that the Sun does not reach lies inside the outline by up to a(1 − cos i), i being
    ///    the phase angle; a quarter of it is taken as an error of the centre.
    public init(
        outline: DiskOutline, orientation: CameraOrientation, appearance: PhysicalEphemeris, system: RotationSystem
    ) {
        self.outline = outline
        self.orientation = orientation.improved(by: outline, axis: appearance.axisPositionAngleDegrees())
        projection = DiskProjection(appearance, system: system)
        phaseErrorPixels =
            appearance.body == .jupiter
            ? 0.25 * outline.radiusPixels * (1 - cos(appearance.phaseAngleDegrees * .pi / 180)) : 0
    }

    /// The position of a place in the frame.
    ///
    /// - Parameters:
    ///   - place: column and row in pixels.
    ///   - errorPixels: standard error of either.
    /// - Returns: the place on the surface with its errors, which grow towards the limb: they are the changes of
    ///   longitude and latitude with every uncertain quantity, times its standard error, summed up in quadrature with
    ///   what the ephemeris is worth.
    public func position(of place: SIMD2<Double>, errorPixels: Double) -> DiskPosition {
        let inputs = Inputs(
            offset: place - outline.centre, radius: outline.radiusPixels,
            angle: orientation.positionAngleDegrees)
        let offset = offset(inputs)
        guard let found = projection.surface(at: offset) else {
            let distance = projection.distanceFromLimbArcseconds(offset)
            return .besideDisk(distancePixels: distance / arcsecondsPerPixel, distanceArcseconds: distance)
        }
        let (longitudeError, latitudeError) = errors(at: found.place, inputs, placeError: errorPixels)
        return .onDisk(
            SurfacePlace(
                coordinate: found.place, longitudeErrorDegrees: longitudeError, latitudeErrorDegrees: latitudeError,
                cosineOfEmission: found.cosineOfEmission))
    }

    /// Column and row of a place on the surface; nil if it lies beyond the limb.
    public func pixel(of place: SurfaceCoordinate) -> SIMD2<Double>? {
        let found = projection.offset(of: place)
        guard found.cosineOfEmission > 0 else { return nil }
        let angle = orientation.positionAngleDegrees * .pi / 180
        let east = found.offset.eastArcseconds / arcsecondsPerPixel
        let north = found.offset.northArcseconds / arcsecondsPerPixel
        let up = north * cos(angle) + east * sin(angle)
        let right = north * sin(angle) - east * cos(angle)
        return outline.centre + SIMD2(orientation.isMirrored ? -right : right, -up)
    }

    /// What the place on the surface depends on.
    private struct Inputs {
        var offset: SIMD2<Double>
        var radius: Double
        var angle: Double
    }

    private func offset(_ inputs: Inputs) -> DiskOffset {
        var orientation = orientation
        orientation.positionAngleDegrees = inputs.angle
        let scale = projection.limbRadiusArcseconds / inputs.radius
        let sky = orientation.skyOffset(inputs.offset)
        return DiskOffset(eastArcseconds: sky.east * scale, northArcseconds: sky.north * scale)
    }

    /// Standard errors of longitude and latitude in degrees.
    private func errors(
        at place: SurfaceCoordinate, _ inputs: Inputs, placeError: Double
    ) -> (longitude: Double, latitude: Double) {
        // Derivatives by column, row, radius and angle, from steps of a hundredth of a pixel or degree; at the very
        // limb steps go inwards, where there still is a surface.
        let step = 0.01
        var slopes: [SIMD2<Double>] = []
        for unknown in 0..<4 {
            var moved = inputs
            var size = step
            switch unknown {
            case 0:
                size *= inputs.offset.x < 0 ? 1 : -1
                moved.offset.x += size
            case 1:
                size *= inputs.offset.y < 0 ? 1 : -1
                moved.offset.y += size
            case 2: moved.radius += size
            default: moved.angle += size
            }
            guard let found = projection.surface(at: offset(moved))?.place else { return (180, 90) }
            var longitude = found.longitudeEastDegrees - place.longitudeEastDegrees
            longitude -= 360 * (longitude / 360).rounded()
            slopes.append(SIMD2(longitude, found.latitudeGraphicDegrees - place.latitudeGraphicDegrees) / size)
        }
        // The offset is the place minus the centre: centre and radius are correlated, the place is not.
        let added = placeError * placeError + phaseErrorPixels * phaseErrorPixels
        var variance = SIMD2<Double>.zero
        for row in 0..<3 {
            for column in 0..<3 {
                let sign = (row == 2) == (column == 2) ? 1.0 : -1
                variance += sign * outline.covariance[3 * row + column] * slopes[row] * slopes[column]
            }
        }
        variance += added * (slopes[0] * slopes[0] + slopes[1] * slopes[1])
        let angle = orientation.positionAngleErrorDegrees
        variance += angle * angle * slopes[3] * slopes[3]
        let geometry = system.body == .moon ? 0.004 : 0.009
        variance += SIMD2(repeating: geometry * geometry)
        return (min(180, max(0, variance.x).squareRoot()), min(90, max(0, variance.y).squareRoot()))
    }
}

extension CameraOrientation {
    /// The orientation joined with what the outline of a flattened disk shows. One that is less sure than 45° stays as it
    /// is: it could not tell an angle from the opposite one, which is two standard errors away.
    ///
    /// - Parameter axis: position angle of the body's axis in degrees.
    fileprivate func improved(by outline: DiskOutline, axis: Double) -> CameraOrientation {
        guard let seen = outline.equatorAngleDegrees, let error = outline.equatorAngleErrorDegrees, error > 0,
            positionAngleErrorDegrees > 0, positionAngleErrorDegrees < 45
        else { return self }
        var turn = seen - (frameAngleDegrees(ofPositionAngle: axis) + 90)
        turn -= 180 * (turn / 180).rounded()
        let seenWeight = 1 / (error * error)
        let knownWeight = 1 / (positionAngleErrorDegrees * positionAngleErrorDegrees)
        var improved = self
        let share = seenWeight / (seenWeight + knownWeight)
        // In the frame, angles grow with the position angle of "up"; in a mirrored one they fall.
        improved.positionAngleDegrees += (isMirrored ? -turn : turn) * share
        improved.positionAngleErrorDegrees = 1 / (seenWeight + knownWeight).squareRoot()
        return improved
    }
}
