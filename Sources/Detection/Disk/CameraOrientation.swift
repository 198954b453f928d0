// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How the frames lie on the sky.
public struct CameraOrientation: Sendable, Hashable {
    /// Position angle of the frame's upward direction, from celestial north through east, in degrees.
    public var positionAngleDegrees: Double
    /// Standard error of the position angle in degrees.
    public var positionAngleErrorDegrees: Double
    /// True if the frame shows the sky as a mirror does: an odd number of reflections.
    public var isMirrored: Bool

    /// An orientation from its parts.
    public init(positionAngleDegrees: Double, positionAngleErrorDegrees: Double, isMirrored: Bool = false) {
        self.positionAngleDegrees = positionAngleDegrees
        self.positionAngleErrorDegrees = positionAngleErrorDegrees
        self.isMirrored = isMirrored
    }

    /// East and north parts of an offset in the frame, whose y grows downwards; in the unit of the offset.
    func skyOffset(_ offset: SIMD2<Double>) -> (east: Double, north: Double) {
        let angle = positionAngleDegrees * .pi / 180
        // Seen from below, with north up, east is on the left.
        let right = isMirrored ? -offset.x : offset.x
        let up = -offset.y
        return (up * sin(angle) - right * cos(angle), up * cos(angle) + right * sin(angle))
    }

    /// Angle in the frame, from right towards down, of a direction on the sky by its position angle; in degrees.
    func frameAngleDegrees(ofPositionAngle degrees: Double) -> Double {
        let difference = degrees - positionAngleDegrees
        return isMirrored ? difference - 90 : -90 - difference
    }
}
