// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Primitive variables of the plasma at one place, in the solver's units.
struct PlasmaPoint: Sendable, Hashable {
    /// Mass density ρ in proton masses a cm³.
    var density: Double
    /// Radial, tangential and normal velocity in km/s.
    var ur: Double, ut = 0.0, un = 0.0
    /// Thermal pressure.
    var pressure: Double
    /// Tangential and normal magnetic field.
    var bt = 0.0, bn = 0.0
    /// Mark that the plasma carries along, 0…1.
    var quality = 1.0

    /// Between two points, in proportion.
    static func mix(_ a: PlasmaPoint, _ b: PlasmaPoint, part: Double) -> PlasmaPoint {
        // Written out: paths to properties are a hundred times slower, and tracing back mixes millions of points.
        func between(_ a: Double, _ b: Double) -> Double { a + part * (b - a) }
        return PlasmaPoint(
            density: between(a.density, b.density), ur: between(a.ur, b.ur), ut: between(a.ut, b.ut),
            un: between(a.un, b.un), pressure: between(a.pressure, b.pressure), bt: between(a.bt, b.bt),
            bn: between(a.bn, b.bn), quality: between(a.quality, b.quality))
    }

    /// What expansion alone makes of the plasma on its way from one distance to another: ρ r², p r^2γ and r B stay.
    func expanded(from: Double, to: Double, gamma: Double) -> PlasmaPoint {
        let ratio = from / to
        var result = self
        result.density *= ratio * ratio
        result.pressure *= pow(ratio, 2 * gamma)
        result.bt *= ratio
        result.bn *= ratio
        return result
    }

    /// The variables without their scale.
    func unscaled(density: Double, pressure: Double, field: Double) -> PlasmaPoint {
        var result = self
        result.density /= density
        result.pressure /= pressure
        result.bt /= field
        result.bn /= field
        return result
    }
}

extension PlasmaPoint {
    /// One lane of four.
    init(_ lanes: PlasmaLanes, lane: Int) {
        self.init(
            density: lanes.density[lane], ur: lanes.ur[lane], ut: lanes.ut[lane], un: lanes.un[lane],
            pressure: lanes.pressure[lane], bt: lanes.bt[lane], bn: lanes.bn[lane], quality: lanes.quality[lane])
    }
}

extension PlasmaLanes {
    /// The same point in all lanes.
    init(_ point: PlasmaPoint) {
        self.init(
            density: Lanes(repeating: point.density), ur: Lanes(repeating: point.ur), ut: Lanes(repeating: point.ut),
            un: Lanes(repeating: point.un), pressure: Lanes(repeating: point.pressure),
            bt: Lanes(repeating: point.bt), bn: Lanes(repeating: point.bn), quality: Lanes(repeating: point.quality))
    }

    /// Sets a lane to one of another's.
    mutating func take(lane source: Int, of other: PlasmaLanes, to lane: Int) {
        density[lane] = other.density[source]
        ur[lane] = other.ur[source]
        ut[lane] = other.ut[source]
        un[lane] = other.un[source]
        pressure[lane] = other.pressure[source]
        bt[lane] = other.bt[source]
        bn[lane] = other.bn[source]
        quality[lane] = other.quality[source]
    }

    /// What a wall sends back.
    var reflected: PlasmaLanes {
        var result = self
        result.ur = -ur
        return result
    }
}
