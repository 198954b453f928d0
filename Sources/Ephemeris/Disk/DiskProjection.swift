// SPDX-License-Identifier: Apache-2.0

/// From directions near a body's centre to places on its surface and back, for one observer and instant.
///
/// The surface is the spheroid of `Body`. Rays start at the observer's distance, so that the limb is where it is seen.
public struct DiskProjection: Sendable {
    /// What longitudes are counted from.
    public let system: RotationSystem
    /// Equatorial radius in the tangent plane of `DiskOffset`, in arcseconds.
    public let limbRadiusArcseconds: Double

    // Everything below is in the body's axes, with the z axis stretched so that the spheroid is a sphere of radius 1.
    private let observer: FrameVector<BodyFixed>
    private let forward: FrameVector<BodyFixed>
    private let east: FrameVector<BodyFixed>
    private let north: FrameVector<BodyFixed>
    private let scale: SIMD3<Double>
    // The same without stretching, in km and unit vectors.
    private let trueObserver: FrameVector<BodyFixed>
    private let trueAxes: (FrameVector<BodyFixed>, FrameVector<BodyFixed>, FrameVector<BodyFixed>)

    /// The projection of a body's disk.
    ///
    /// Given: how the body appears, the rotation system for longitudes, and the pole that offsets refer to.
    public init(_ appearance: PhysicalEphemeris, system: RotationSystem, north: NorthReference = .trueOfDate) {
        precondition(system.body == appearance.body, "the rotation system belongs to another body")
        self.system = system
        let body = appearance.body
        let orientation = appearance.orientation(in: system)
        let sky = appearance.skyAxes(north)
        let scale =
            1
            / SIMD3(body.equatorialRadiusKilometres, body.equatorialRadiusKilometres, body.polarRadiusKilometres)
        trueObserver = orientation(appearance.towardsObserver)
        trueAxes = (orientation(sky.centre), orientation(sky.east), orientation(sky.north))
        func stretched(_ vector: FrameVector<BodyFixed>) -> FrameVector<BodyFixed> {
            FrameVector(vector.components * scale)
        }
        self.scale = scale
        observer = stretched(trueObserver)
        forward = stretched(trueAxes.0)
        east = stretched(trueAxes.1)
        self.north = stretched(trueAxes.2)
        let ratio = body.equatorialRadiusKilometres / appearance.distanceKilometres
        limbRadiusArcseconds = ratio / (1 - ratio * ratio).squareRoot() * AstronomicalConstants.arcsecondsPerRadian
    }

    /// The place on the surface in a direction, and the cosine of the angle between its vertical and the line of
    /// sight (1 in the middle of the disk, 0 at the limb); nil beside the disk.
    public func surface(at offset: DiskOffset) -> (place: SurfaceCoordinate, cosineOfEmission: Double)? {
        let ray = direction(offset)
        // |observer + t ray| = 1, the nearer of the two solutions.
        let squared = ray.dot(ray)
        let along = observer.dot(ray)
        let discriminant = along * along - squared * (observer.dot(observer) - 1)
        guard discriminant >= 0, along < 0 else { return nil }
        let distance = (-along - discriminant.squareRoot()) / squared
        let point = FrameVector<BodyFixed>((observer + distance * ray).components / scale)
        return (SurfaceCoordinate(system: system, point), cosineOfEmission(at: point))
    }

    /// The direction to a place on the surface, and the cosine of its emission angle, negative beyond the limb.
    public func offset(of place: SurfaceCoordinate) -> (offset: DiskOffset, cosineOfEmission: Double) {
        let point = place.vectorKilometres
        let ray = point - trueObserver
        let depth = ray.dot(trueAxes.0)
        let unit = AstronomicalConstants.arcsecondsPerRadian
        let offset = DiskOffset(
            eastArcseconds: ray.dot(trueAxes.1) / depth * unit, northArcseconds: ray.dot(trueAxes.2) / depth * unit)
        return (offset, cosineOfEmission(at: point))
    }

    /// Distance of a direction from the limb along the line to the disk's centre, in arcseconds; negative on the disk.
    public func distanceFromLimbArcseconds(_ offset: DiskOffset) -> Double {
        let length = offset.distanceArcseconds
        guard length > 0 else { return -limbRadiusArcseconds }
        // The ray forward + s sideways touches the sphere where (observer · ray)² = |ray|² (|observer|² − 1).
        let sideways = direction(offset) - forward
        let power = observer.dot(observer) - 1
        let a = observer.dot(sideways) * observer.dot(sideways) - power * sideways.dot(sideways)
        let b = 2 * (observer.dot(sideways) * observer.dot(forward) - power * sideways.dot(forward))
        let c = observer.dot(forward) * observer.dot(forward) - power * forward.dot(forward)
        let root = max(0, b * b - 4 * a * c).squareRoot()
        guard a < 0 else { return length - limbRadiusArcseconds }
        // a < 0 < c: one root on either side of the centre; the positive one is wanted.
        return length * (1 - (-b - root) / (2 * a))
    }

    private func direction(_ offset: DiskOffset) -> FrameVector<BodyFixed> {
        let unit = AstronomicalConstants.arcsecondsPerRadian
        return forward + offset.eastArcseconds / unit * east + offset.northArcseconds / unit * north
    }

    private func cosineOfEmission(at point: FrameVector<BodyFixed>) -> Double {
        let vertical = FrameVector<BodyFixed>(point.components * scale * scale).normalized
        return vertical.dot((trueObserver - point).normalized)
    }
}
