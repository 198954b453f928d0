// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The rotation that gives a vector's components along other axes.
public struct Rotation<From: ReferenceFrame, To: ReferenceFrame>: Sendable, Hashable {
    private let rows: [SIMD3<Double>]

    /// A rotation by the axes of `To`, as seen along those of `From`, in the order x, y, z.
    init(x: SIMD3<Double>, y: SIMD3<Double>, z: SIMD3<Double>) { rows = [x, y, z] }

    /// A rotation from ERFA's row-major matrix of three rows.
    init(erfa: [(Double, Double, Double)]) { rows = erfa.map { SIMD3($0.0, $0.1, $0.2) } }

    /// The rotation to axes whose pole and prime meridian the IAU's angles give.
    ///
    /// Given: right ascension α and declination δ of the pole, angle W of the prime meridian from the ascending node on
    /// the ICRF equator, all in degrees. Returned: R₃(W) R₁(90° − δ) R₃(90° + α).
    init(poleRightAscensionDegrees alpha: Double, poleDeclinationDegrees delta: Double, meridianDegrees w: Double) {
        let pole = FrameVector<From>(longitudeDegrees: alpha, latitudeDegrees: delta)
        let node = FrameVector<From>(longitudeDegrees: alpha + 90, latitudeDegrees: 0)
        let crossing = pole.cross(node)
        let angle = w * .pi / 180
        let meridian = cos(angle) * node + sin(angle) * crossing
        self.init(x: meridian.components, y: pole.cross(meridian).components, z: pole.components)
    }

    /// The components of a vector along the other axes.
    public func callAsFunction(_ vector: FrameVector<From>) -> FrameVector<To> {
        let v = vector.components
        return FrameVector(SIMD3((rows[0] * v).sum(), (rows[1] * v).sum(), (rows[2] * v).sum()))
    }

    /// The rotation back.
    public var inverse: Rotation<To, From> {
        Rotation<To, From>(
            x: SIMD3(rows[0].x, rows[1].x, rows[2].x), y: SIMD3(rows[0].y, rows[1].y, rows[2].y),
            z: SIMD3(rows[0].z, rows[1].z, rows[2].z))
    }
}
