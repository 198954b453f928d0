// SPDX-License-Identifier: Apache-2.0

/// How a variable runs within a cell, from the means of the cell and its neighbours.
public enum Reconstruction: String, Sendable, Hashable, CaseIterable {
    /// A straight line with the monotonised central slope (van Leer 1977, J. Comput. Phys. 23, 276): second order.
    case linear
    /// WENO5-Z (Borges, Carmona, Costa and Don 2008, J. Comput. Phys. 227, 3191): fifth order where all is smooth.
    case weno5z
}

/// Values of a variable at the lower and the upper face of a cell.
struct CellEdges<Value> {
    /// At the lower face.
    var lower: Value
    /// At the upper face.
    var upper: Value
}

extension Reconstruction {
    /// Half of the monotonised central difference.
    @_transparent
    static func halfSlope(_ before: Lanes, _ here: Lanes, _ after: Lanes) -> Lanes {
        let a = here - before
        let b = after - here
        let c = 0.25 * (a + b)
        // Minimum of the sizes if the signs agree, else 0, written without a branch or a mask.
        return larger(.zero, smaller(smaller(a, b), c)) + smaller(.zero, larger(larger(a, b), c))
    }

    /// The straight lines through a cell.
    @_transparent
    static func linearEdges(
        _ before: PlasmaLanes, _ here: PlasmaLanes, _ after: PlasmaLanes
    ) -> CellEdges<PlasmaLanes> {
        let slope = PlasmaLanes(
            density: halfSlope(before.density, here.density, after.density),
            ur: halfSlope(before.ur, here.ur, after.ur), ut: halfSlope(before.ut, here.ut, after.ut),
            un: halfSlope(before.un, here.un, after.un),
            pressure: halfSlope(before.pressure, here.pressure, after.pressure),
            bt: halfSlope(before.bt, here.bt, after.bt), bn: halfSlope(before.bn, here.bn, after.bn),
            quality: halfSlope(before.quality, here.quality, after.quality))
        return CellEdges(
            lower: .combine(here, slope) { $0 - $1 }, upper: .combine(here, slope) { $0 + $1 })
    }

    /// The WENO5-Z edges of one variable.
    @_transparent
    static func wenoEdges(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes, _ e: Lanes) -> CellEdges<Lanes> {
        let third = 13.0 / 12
        let bend0 = a - 2 * b + c
        let bend1 = b - 2 * c + d
        let bend2 = c - 2 * d + e
        let tilt0 = a - 4 * b + 3 * c
        let tilt1 = b - d
        let tilt2 = 3 * c - 4 * d + e
        let tiny = 1e-40
        let beta0 = third * bend0 * bend0 + 0.25 * tilt0 * tilt0 + tiny
        let beta1 = third * bend1 * bend1 + 0.25 * tilt1 * tilt1 + tiny
        let beta2 = third * bend2 * bend2 + 0.25 * tilt2 * tilt2 + tiny
        let tau = larger(beta0 - beta2, beta2 - beta0)
        let weight0 = 1 + tau / beta0
        let weight1 = 1 + tau / beta1
        let weight2 = 1 + tau / beta2
        // Middle weight of both edges; the outer ones change places.
        let middle: Lanes = 0.6 * weight1
        let up0: Lanes = 0.1 * weight0
        let up2: Lanes = 0.3 * weight2
        let rise0: Lanes = 2 * a - 7 * b + 11 * c
        let rise1: Lanes = 5 * c - b + 2 * d
        let rise2: Lanes = 2 * c + 5 * d - e
        let riseSum: Lanes = up0 * rise0 + middle * rise1 + up2 * rise2
        let upper: Lanes = riseSum / (6 * (up0 + middle + up2))
        let down0: Lanes = 0.3 * weight0
        let down2: Lanes = 0.1 * weight2
        let fall2: Lanes = 2 * e - 7 * d + 11 * c
        let fall1: Lanes = 5 * c - d + 2 * b
        let fall0: Lanes = 2 * c + 5 * b - a
        let fallSum: Lanes = down2 * fall2 + middle * fall1 + down0 * fall0
        let lower: Lanes = fallSum / (6 * (down0 + middle + down2))
        return CellEdges(lower: lower, upper: upper)
    }

    /// The WENO5-Z edges of all variables. Density and pressure may come out negative: the caller looks.
    @_transparent
    static func wenoEdges(
        _ a: PlasmaLanes, _ b: PlasmaLanes, _ c: PlasmaLanes, _ d: PlasmaLanes, _ e: PlasmaLanes
    ) -> CellEdges<PlasmaLanes> {
        let density = wenoEdges(a.density, b.density, c.density, d.density, e.density)
        let ur = wenoEdges(a.ur, b.ur, c.ur, d.ur, e.ur)
        let ut = wenoEdges(a.ut, b.ut, c.ut, d.ut, e.ut)
        let un = wenoEdges(a.un, b.un, c.un, d.un, e.un)
        let pressure = wenoEdges(a.pressure, b.pressure, c.pressure, d.pressure, e.pressure)
        let bt = wenoEdges(a.bt, b.bt, c.bt, d.bt, e.bt)
        let bn = wenoEdges(a.bn, b.bn, c.bn, d.bn, e.bn)
        let quality = wenoEdges(a.quality, b.quality, c.quality, d.quality, e.quality)
        return CellEdges(
            lower: PlasmaLanes(
                density: density.lower, ur: ur.lower, ut: ut.lower, un: un.lower, pressure: pressure.lower,
                bt: bt.lower, bn: bn.lower, quality: quality.lower),
            upper: PlasmaLanes(
                density: density.upper, ur: ur.upper, ut: ut.upper, un: un.upper, pressure: pressure.upper,
                bt: bt.upper, bn: bn.upper, quality: quality.upper))
    }
}
