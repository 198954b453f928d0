// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A vector with the axes of its components in its type. The unit is said where the vector comes from.
public struct FrameVector<Frame: ReferenceFrame>: Sendable, Hashable {
    /// Components along the axes.
    public var components: SIMD3<Double>

    /// A vector from its components.
    public init(_ components: SIMD3<Double>) { self.components = components }

    /// The unit vector at a longitude and latitude, or right ascension and declination, in degrees.
    public init(longitudeDegrees: Double, latitudeDegrees: Double) {
        let longitude = longitudeDegrees * .pi / 180
        let latitude = latitudeDegrees * .pi / 180
        components = SIMD3(cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude))
    }

    /// Length, in the unit of the components.
    public var length: Double { dot(self).squareRoot() }

    /// The vector of length 1 in the same direction; a vector of length 0 stays.
    public var normalized: FrameVector { length > 0 ? self / length : self }

    /// Angle in the xy plane from x towards y, in degrees, −180…180.
    public var longitudeDegrees: Double { atan2(components.y, components.x) * 180 / .pi }

    /// Angle above the xy plane in degrees, −90…90.
    public var latitudeDegrees: Double {
        atan2(components.z, (components.x * components.x + components.y * components.y).squareRoot()) * 180 / .pi
    }

    /// Scalar product.
    public func dot(_ other: FrameVector) -> Double { (components * other.components).sum() }

    /// Vector product.
    public func cross(_ other: FrameVector) -> FrameVector {
        let a = components
        let b = other.components
        return FrameVector(SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x))
    }

    /// Angle between two directions in degrees, 0…180.
    public func angleDegrees(to other: FrameVector) -> Double {
        atan2(cross(other).length, dot(other)) * 180 / .pi
    }

    /// Sum.
    public static func + (left: FrameVector, right: FrameVector) -> FrameVector {
        FrameVector(left.components + right.components)
    }

    /// Difference.
    public static func - (left: FrameVector, right: FrameVector) -> FrameVector {
        FrameVector(left.components - right.components)
    }

    /// The opposite vector.
    public static prefix func - (vector: FrameVector) -> FrameVector { FrameVector(-vector.components) }

    /// Multiple.
    public static func * (factor: Double, vector: FrameVector) -> FrameVector {
        FrameVector(factor * vector.components)
    }

    /// Part.
    public static func / (vector: FrameVector, divisor: Double) -> FrameVector {
        FrameVector(vector.components / divisor)
    }
}
