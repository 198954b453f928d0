// SPDX-License-Identifier: Apache-2.0

/// One pass over the cells: edges, fluxes and the new state, all in one loop, so that nothing is written that is read once.
struct Sweep {
    let gas: GasLaw
    let isWENO: Bool
    /// Weight of the state before the step.
    let base: Double
    /// Weight of this stage.
    let stage: Double
    let step: Double
    let internalEnergyShare: Double
    var counts: SolverCounts
    /// Whether the density or the pressure of a cell is not positive afterwards.
    private(set) var hasTrouble = false

    init(
        gas: GasLaw, isWENO: Bool, base: Double, stage: Double, step: Double, internalEnergyShare: Double,
        counts: SolverCounts
    ) {
        self.gas = gas
        self.isWENO = isWENO
        self.base = base
        self.stage = stage
        self.step = step
        self.internalEnergyShare = internalEnergyShare
        self.counts = counts
    }

    /// Takes the cells from `current` to `next`; `troubled` cells, if any, at first order.
    mutating func run(
        scaled: [PlasmaLanes], current: [ConservedLanes], start: [ConservedLanes], metric: GridMetric,
        troubled: [LaneMask], next: inout [ConservedLanes]
    ) {
        let length = current.count
        let ghosts = RadialMHDSolver.ghosts
        let none = LaneMask(repeating: false)
        var below = edges(scaled, at: ghosts - 1, flat: none)
        var wasTroubled = none
        var lower = FaceFlux.zero
        for place in 0...length {
            let isTroubled = place < troubled.count ? troubled[place] : none
            let here = edges(scaled, at: place + ghosts, flat: isTroubled)
            let face = metric.faces[place]
            let upper = RiemannSolver.flux(
                below.upper.scaled(by: face.unscale), here.lower.scaled(by: face.unscale), br: face.br, gas: gas,
                forceHLL: troubled.isEmpty ? nil : wasTroubled .| isTroubled, counts: &counts)
            if place > 0 {
                let cell = place - 1
                next[cell] = advanced(
                    current[cell], start: start, cell: cell, pressure: scaled[cell + ghosts].pressure,
                    metric: metric.cells[cell], lower: lower, upper: upper, lowerFace: metric.faces[cell],
                    upperFace: face)
            }
            lower = upper
            below = here
            wasTroubled = isTroubled
        }
    }

    /// The values at the faces of a cell.
    @inline(__always)
    private mutating func edges(
        _ scaled: [PlasmaLanes], at index: Int, flat: LaneMask
    ) -> CellEdges<PlasmaLanes> {
        let here = scaled[index]
        var result: CellEdges<PlasmaLanes>
        if isWENO {
            // The outermost ghosts lack neighbours; they are alike in any case.
            let first = max(index - 2, 0)
            let last = min(index + 2, scaled.count - 1)
            result = Reconstruction.wenoEdges(
                scaled[first], scaled[index - 1], here, scaled[index + 1], scaled[last])
            let low = smaller(
                smaller(result.lower.density, result.upper.density),
                smaller(result.lower.pressure, result.upper.pressure))
            let isBad = .!(low .> .zero)
            if any(isBad) {
                counts.flatCells += isBad.trueCount
                result.lower = .choose(isBad, here, result.lower)
                result.upper = .choose(isBad, here, result.upper)
            }
        } else {
            // Limited lines stay between the means of the neighbours, hence positive.
            result = Reconstruction.linearEdges(scaled[index - 1], here, scaled[index + 1])
        }
        if any(flat) {
            result.lower = .choose(flat, here, result.lower)
            result.upper = .choose(flat, here, result.upper)
        }
        return result
    }

    /// The state of a cell after the stage.
    @inline(__always)
    private mutating func advanced(
        _ u: ConservedLanes, start: [ConservedLanes], cell: Int, pressure scaledPressure: Lanes, metric: CellMetric,
        lower: FaceFlux, upper: FaceFlux, lowerFace: FaceMetric, upperFace: FaceMetric
    ) -> ConservedLanes {
        let pressure = scaledPressure * metric.unscalePressure
        let massIn = lowerFace.area2 * lower.flux.mass
        let massOut = upperFace.area2 * upper.flux.mass
        let turning = (u.mt * u.mt + u.mn * u.mn) / u.mass
        let push = metric.widening * (2 * pressure + turning) + metric.radialTension - u.mass * metric.gravity
        let work = massIn * metric.potentialBelow + massOut * metric.potentialAbove
        let v1 = step * metric.inverseVolume1
        let v2 = step * metric.inverseVolume2
        let v3 = step * metric.inverseVolume3
        let f = lower.flux
        let g = upper.flux
        var n = ConservedLanes(
            mass: u.mass - v2 * (massOut - massIn),
            mr: u.mr - v2 * (upperFace.area2 * g.mr - lowerFace.area2 * f.mr) + step * push,
            mt: u.mt - v3 * (upperFace.area3 * g.mt - lowerFace.area3 * f.mt),
            mn: u.mn - v3 * (upperFace.area3 * g.mn - lowerFace.area3 * f.mn),
            energy: u.energy - v2 * (upperFace.area2 * g.energy - lowerFace.area2 * f.energy + work),
            bt: u.bt - v1 * (upperFace.area1 * g.bt - lowerFace.area1 * f.bt),
            bn: u.bn - v1 * (upperFace.area1 * g.bn - lowerFace.area1 * f.bn),
            tracer: u.tracer - v2 * (upperFace.area2 * g.tracer - lowerFace.area2 * f.tracer))
        if base != 0 {
            let base = base
            let stage = stage
            n = .combine(start[cell], n) { base * $0 + stage * $1 }
        }
        guard gas.isothermalSoundSpeedSquared == nil else { return n }
        let thermal = n.pressure(br: metric.br, gas: gas) * gas.inverseGammaMinus1
        // Negative mass and what is not a number go the same way.
        let isCold = .!(smaller(thermal - internalEnergyShare * n.energy, n.mass) .> .zero)
        if any(isCold) {
            let expansion = upperFace.area2 * upper.velocity - lowerFace.area2 * lower.velocity
            let change =
                upperFace.area2 * upper.internalEnergy - lowerFace.area2 * lower.internalEnergy + pressure * expansion
            var internalEnergy = pressure * gas.inverseGammaMinus1 - v2 * change
            if base != 0 {
                let before = start[cell].pressure(br: metric.br, gas: gas) * gas.inverseGammaMinus1
                internalEnergy = base * before + stage * internalEnergy
            }
            // In a compression there may be a shock, whose heat only the total energy knows.
            let isUsed = isCold .& (expansion .> .zero) .& (internalEnergy .> .zero)
            counts.internalEnergyCells += isUsed.trueCount
            n.energy += choose(isUsed, internalEnergy - thermal, .zero)
            if !all(smaller(choose(isUsed, internalEnergy, thermal), n.mass) .> .zero) { hasTrouble = true }
        }
        return n
    }
}
