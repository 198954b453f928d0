// SPDX-License-Identifier: Apache-2.0

/// What passes a face, a unit of area and time.
struct FaceFlux: Sendable {
    /// Fluxes of the conserved quantities.
    var flux: ConservedLanes
    /// Radial velocity at the face, for the work of the pressure on the internal energy.
    var velocity: Lanes
    /// Flux of the internal energy p/(γ − 1).
    var internalEnergy: Lanes

    static let zero = FaceFlux(flux: .zero, velocity: .zero, internalEnergy: .zero)
}

/// Fluxes through the face between two states of ideal MHD.
///
/// - Reference: Miyoshi and Kusano 2005, J. Comput. Phys. 208, 315 (HLLD); Harten, Lax and van Leer 1983, SIAM Review 25, 35.
enum RiemannSolver {
    /// Below this part of the total pressure a denominator or the radial field counts as 0.
    private static let degenerate = 1e-8

    /// Speed of fast magnetosonic waves along the radius.
    @inline(__always)
    static func fastSpeed(_ w: PlasmaLanes, br: Lanes, gas: GasLaw) -> Lanes {
        let sound = gas.gamma * w.pressure
        let radial = br * br
        let sum = sound + radial + w.bt * w.bt + w.bn * w.bn
        let root = larger(.zero, sum * sum - 4 * sound * radial).squareRoot()
        return (0.5 * (sum + root) / w.density).squareRoot()
    }

    /// The flux of the exact equations in one state.
    @inline(__always)
    static func physicalFlux(_ w: PlasmaLanes, br: Lanes, gas: GasLaw) -> ConservedLanes {
        let mr = w.density * w.ur
        let magnetic = 0.5 * (br * br + w.bt * w.bt + w.bn * w.bn)
        let energy =
            w.pressure * gas.inverseGammaMinus1 + 0.5 * w.density * (w.ur * w.ur + w.ut * w.ut + w.un * w.un)
            + magnetic
        let total = w.pressure + magnetic
        return ConservedLanes(
            mass: mr, mr: mr * w.ur + total - br * br, mt: mr * w.ut - br * w.bt, mn: mr * w.un - br * w.bn,
            energy: (energy + total) * w.ur - br * (w.ur * br + w.ut * w.bt + w.un * w.bn),
            bt: w.ur * w.bt - w.ut * br, bn: w.ur * w.bn - w.un * br, tracer: mr * w.quality)
    }

    /// The flux between the state below and the state above a face.
    @inline(__always)
    static func flux(
        _ l: PlasmaLanes, _ r: PlasmaLanes, br: Lanes, gas: GasLaw, forceHLL: LaneMask?, counts: inout SolverCounts
    ) -> FaceFlux {
        // The solar wind outruns all of its waves: the bound c² ≤ (γp + B²)/ρ, which needs no root, mostly shows it.
        let radial = br * br
        let stiffness = larger(
            gas.gamma * l.pressure + l.bt * l.bt + l.bn * l.bn, gas.gamma * r.pressure + r.bt * r.bt + r.bn * r.bn)
        let u = smaller(l.ur, r.ur)
        let slack = u * u * smaller(l.density, r.density) - stiffness - radial
        if smaller(slack, u).min() > 0 {
            let mass = physicalFlux(l, br: br, gas: gas)
            return FaceFlux(
                flux: mass, velocity: l.ur, internalEnergy: l.ur * l.pressure * gas.inverseGammaMinus1)
        }
        return fan(l, r, br: br, gas: gas, forceHLL: forceHLL, counts: &counts)
    }

    /// The flux where waves run both ways.
    @inline(never)
    private static func fan(
        _ l: PlasmaLanes, _ r: PlasmaLanes, br: Lanes, gas: GasLaw, forceHLL: LaneMask?, counts: inout SolverCounts
    ) -> FaceFlux {
        let speed = larger(fastSpeed(l, br: br, gas: gas), fastSpeed(r, br: br, gas: gas))
        let slowest = smaller(l.ur, r.ur) - speed
        let fastest = larger(l.ur, r.ur) + speed
        let (hlld, isBad) = HLLDFan(l, r, br: br, gas: gas, slowest: slowest, fastest: fastest).flux()
        var flux = hlld
        let mustFallBack = forceHLL.map { $0 .| isBad } ?? isBad
        if any(mustFallBack) {
            let inFan = (slowest .< .zero) .& (fastest .> .zero)
            counts.hllFallbacks += (isBad .& inFan).trueCount
            let simple = hll(l, r, br: br, gas: gas, slowest: slowest, fastest: fastest)
            flux = .choose(mustFallBack, simple, flux)
        }
        let isOutward = flux.mass .>= .zero
        flux.tracer = flux.mass * choose(isOutward, l.quality, r.quality)
        let velocity = flux.mass / choose(isOutward, l.density, r.density)
        return FaceFlux(
            flux: flux, velocity: velocity,
            internalEnergy: velocity * choose(isOutward, l.pressure, r.pressure) * gas.inverseGammaMinus1)
    }

    /// The flux of one constant state between the fastest waves.
    private static func hll(
        _ l: PlasmaLanes, _ r: PlasmaLanes, br: Lanes, gas: GasLaw, slowest: Lanes, fastest: Lanes
    ) -> ConservedLanes {
        let below = smaller(slowest, .zero)
        let above = larger(fastest, .zero)
        let scale = 1 / (above - below)
        let stateLeft = ConservedLanes(l, br: br, gas: gas)
        let stateRight = ConservedLanes(r, br: br, gas: gas)
        let mean = ConservedLanes.combine(
            physicalFlux(l, br: br, gas: gas), physicalFlux(r, br: br, gas: gas)
        ) { (above * $0 - below * $1) * scale }
        let jump = ConservedLanes.combine(stateLeft, stateRight) { above * below * ($1 - $0) * scale }
        return .combine(mean, jump) { $0 + $1 }
    }

    /// Denominators smaller than this share of the total pressure are degenerate.
    static var degenerateShare: Double { degenerate }
}
