// SPDX-License-Identifier: Apache-2.0

/// The five waves between two states: fast, Alfvén, contact, Alfvén, fast.
///
/// - Reference: Miyoshi and Kusano 2005, J. Comput. Phys. 208, 315; numbers of equations are theirs.
struct HLLDFan {
    private let l: PlasmaLanes
    private let r: PlasmaLanes
    private let br: Lanes
    private let gas: GasLaw
    private let slowest: Lanes
    private let fastest: Lanes

    /// A fan between speeds that no wave exceeds.
    init(_ l: PlasmaLanes, _ r: PlasmaLanes, br: Lanes, gas: GasLaw, slowest: Lanes, fastest: Lanes) {
        self.l = l
        self.r = r
        self.br = br
        self.gas = gas
        self.slowest = slowest
        self.fastest = fastest
    }

    /// One side's state between its fast wave and its Alfvén wave.
    private struct Star {
        var density: Lanes
        var ut: Lanes, un: Lanes, bt: Lanes, bn: Lanes
    }

    /// The flux at the face, and the lanes in which it cannot be trusted. The tracer is left to the caller.
    func flux() -> (flux: ConservedLanes, isBad: LaneMask) {
        let totalLeft = l.pressure + 0.5 * (br * br + l.bt * l.bt + l.bn * l.bn)
        let totalRight = r.pressure + 0.5 * (br * br + r.bt * r.bt + r.bn * r.bn)
        let massLeft = l.density * (slowest - l.ur)
        let massRight = r.density * (fastest - r.ur)
        let inverse = 1 / (massRight - massLeft)
        // Speed of the contact and total pressure around it (38, 41).
        let contact = (massRight * r.ur - massLeft * l.ur - totalRight + totalLeft) * inverse
        let total =
            (massRight * totalLeft - massLeft * totalRight + massLeft * massRight * (r.ur - l.ur)) * inverse
        let tiny = RiemannSolver.degenerateShare * total
        let left = star(l, edge: slowest, mass: massLeft, contact: contact, tiny: tiny)
        let right = star(r, edge: fastest, mass: massRight, contact: contact, tiny: tiny)
        var isBad = .!(total .> .zero) .| .!(left.density .> .zero) .| .!(right.density .> .zero)
        isBad = isBad .| .!(fastest .> slowest)
        let rootLeft = left.density.squareRoot()
        let rootRight = right.density.squareRoot()

        // The side that the face lies on.
        let isLeft = contact .>= .zero
        let near = PlasmaLanes.choose(isLeft, l, r)
        let edge = choose(isLeft, smaller(slowest, .zero), larger(fastest, .zero))
        let wave = choose(isLeft, slowest, fastest)
        let totalNear = choose(isLeft, totalLeft, totalRight)
        let here = Star(
            density: choose(isLeft, left.density, right.density), ut: choose(isLeft, left.ut, right.ut),
            un: choose(isLeft, left.un, right.un), bt: choose(isLeft, left.bt, right.bt),
            bn: choose(isLeft, left.bn, right.bn))
        var flux = RiemannSolver.physicalFlux(near, br: br, gas: gas)
        let state = ConservedLanes(near, br: br, gas: gas)

        // Energy between fast and Alfvén wave (48).
        let workNear = near.ur * br + near.ut * near.bt + near.un * near.bn
        let workStar = here.ut * here.bt + here.un * here.bn
        let energy =
            ((wave - near.ur) * state.energy - totalNear * near.ur + total * contact
                + br * (workNear - contact * br - workStar)) / (wave - contact)
        flux.mass += edge * (here.density - near.density)
        flux.mr += edge * (here.density * contact - state.mr)
        flux.mt += edge * (here.density * here.ut - state.mt)
        flux.mn += edge * (here.density * here.un - state.mn)
        flux.energy += edge * (energy - state.energy)
        flux.bt += edge * (here.bt - near.bt)
        flux.bn += edge * (here.bn - near.bn)

        // Between the Alfvén waves (59–63).
        let sign = choose(br .>= .zero, Lanes(repeating: 1), Lanes(repeating: -1))
        let size = br * sign
        let alfven = choose(
            isLeft, smaller(contact - size / rootLeft, .zero), larger(contact + size / rootRight, .zero))
        let hasAlfven = 0.5 * br * br .> tiny
        let edgeIsInside = choose(isLeft, smaller(slowest, .zero), larger(fastest, .zero)) .!= .zero
        let inner = choose(hasAlfven .& edgeIsInside, alfven, .zero)
        let sum = 1 / (rootLeft + rootRight)
        let product = rootLeft * rootRight * sign
        let ut = (rootLeft * left.ut + rootRight * right.ut + (right.bt - left.bt) * sign) * sum
        let un = (rootLeft * left.un + rootRight * right.un + (right.bn - left.bn) * sign) * sum
        let bt = (rootLeft * right.bt + rootRight * left.bt + product * (right.ut - left.ut)) * sum
        let bn = (rootLeft * right.bn + rootRight * left.bn + product * (right.un - left.un)) * sum
        let root = choose(isLeft, -rootLeft, rootRight) * sign
        flux.mt += inner * here.density * (ut - here.ut)
        flux.mn += inner * here.density * (un - here.un)
        flux.energy += inner * root * (workStar - ut * bt - un * bn)
        flux.bt += inner * (bt - here.bt)
        flux.bn += inner * (bn - here.bn)
        return (flux, isBad .| .!(flux.energy .== flux.energy))
    }

    /// The state behind one fast wave (43–47).
    private func star(_ w: PlasmaLanes, edge: Lanes, mass: Lanes, contact: Lanes, tiny: Lanes) -> Star {
        let toContact = edge - contact
        let denominator = mass * toContact - br * br
        let isDegenerate = larger(denominator, -denominator) .< tiny
        let inverse = 1 / choose(isDegenerate, Lanes(repeating: 1), denominator)
        let turn = choose(isDegenerate, .zero, br * (contact - w.ur) * inverse)
        let stretch = choose(
            isDegenerate, Lanes(repeating: 1), (mass * (edge - w.ur) - br * br) * inverse)
        return Star(
            density: mass / toContact, ut: w.ut - turn * w.bt, un: w.un - turn * w.bn, bt: w.bt * stretch,
            bn: w.bn * stretch)
    }
}
