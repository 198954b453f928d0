// SPDX-License-Identifier: Apache-2.0

/// Ideal MHD along the radius by finite volumes: all components of velocity and field, expansion with exact metric
/// weights, Sun's gravity.
///
/// Units: AU, km/s, proton masses a cm³; hence 1.495979e8 s, 1.67262e-15 Pa, and 0.0458455 nT.
struct RadialMHDSolver: Sendable {
    /// Places beyond each end that reconstruction looks at.
    static let ghosts = 3

    let grid: RadialGrid
    let layout: LaneLayout
    let configuration: SolverConfiguration
    /// Time since the start in the solver's unit.
    private(set) var time = 0.0
    /// How often the main path was left.
    private(set) var counts = SolverCounts()

    let metric: GridMetric
    private var start: [ConservedLanes]
    private var current: [ConservedLanes]
    private var next: [ConservedLanes]
    /// Scaled variables with ghosts at both ends.
    private var scaled: [PlasmaLanes]
    /// Cells that the fastest wave crosses in a unit of time, the greatest number in each lane.
    private var fastest = Lanes.zero
    /// Cells to be taken at first order; empty for none.
    private var troubled: [LaneMask] = []

    /// A solver with a first state.
    ///
    /// - Parameter initial: plasma in a cell, in four lanes for the layout `members`, in any lane for `blocks`.
    init(
        grid: RadialGrid, layout: LaneLayout, configuration: SolverConfiguration, initial: (Int) -> PlasmaLanes
    ) {
        self.grid = grid
        self.layout = layout
        self.configuration = configuration
        metric = GridMetric(grid, layout: layout, configuration: configuration)
        let length = layout.length(cells: grid.count)
        var plasma = [PlasmaLanes](repeating: .zero, count: length)
        for cell in 0..<grid.count {
            let value = initial(cell)
            let (place, lane) = layout.index(cell: cell, member: 0, cells: grid.count)
            if layout == .members { plasma[place] = value } else { plasma[place].take(lane: 0, of: value, to: lane) }
        }
        let metric = metric
        current = plasma.indices.map {
            ConservedLanes(plasma[$0], br: metric.cells[$0].br, gas: configuration.gas)
        }
        start = current
        next = current
        scaled = [PlasmaLanes](repeating: .zero, count: length + 2 * RadialMHDSolver.ghosts)
        restorePrimitives()
        measureSpeed()
    }

    /// The plasma in a cell of a member.
    func plasma(cell: Int, member: Int = 0) -> PlasmaPoint {
        let (place, lane) = layout.index(cell: cell, member: member, cells: grid.count)
        let scale = metric.cells[place].scale
        return PlasmaPoint(scaled[place + RadialMHDSolver.ghosts], lane: lane).unscaled(
            density: scale.density[lane], pressure: scale.pressure[lane], field: scale.field[lane])
    }

    /// The plasma at a distance, between the means of the two nearest cells without their fall by expansion.
    func plasma(at distance: Double, member: Int = 0) -> PlasmaPoint {
        var cell = grid.cell(at: distance)
        if distance < grid.center(cell) { cell -= 1 }
        cell = min(max(cell, 0), grid.count - 2)
        let span = grid.center(cell + 1) - grid.center(cell)
        let part = min(max((distance - grid.center(cell)) / span, 0), 1)
        let isRound = grid.geometry == .spherical && configuration.scalesExpansion
        let gamma = configuration.gas.gamma[member]
        func point(_ cell: Int) -> PlasmaPoint {
            let value = plasma(cell: cell, member: member)
            return isRound ? value.expanded(from: grid.center(cell), to: distance, gamma: gamma) : value
        }
        return .mix(point(cell), point(cell + 1), part: part)
    }

    /// Advances the time to the end of one step.
    ///
    /// - Parameters:
    ///   - limit: longest step that is wanted.
    ///   - inflow: the plasma at the inner face at a time; asked only where the boundary is prescribed.
    /// - Returns: the step, in the solver's unit of time.
    @discardableResult
    mutating func step(atMost limit: Double = .infinity, inflow: (Double) -> PlasmaLanes = { _ in .zero }) -> Double {
        let step = min(limit, configuration.courant / fastest.max())
        for (base, stage, offset) in configuration.timeStepping.stages {
            fillGhosts(inflow: inflow(time + offset * step))
            if sweep(base: base, stage: stage, step: step), findTrouble() {
                _ = sweep(base: base, stage: stage, step: step)
                counts.repeatedCells += troubled.reduce(0) { $0 + $1.trueCount }
                troubled = []
            }
            // The first stage does not look at `start`, which then takes the state from before the step.
            if base == 0 { swap(&start, &current) }
            swap(&current, &next)
            restorePrimitives()
        }
        measureSpeed()
        time += step
        counts.steps += 1
        counts.cellSteps += layout.length(cells: grid.count) * Lanes.scalarCount
        return step
    }

    /// Advances to a time.
    mutating func run(to end: Double, inflow: (Double) -> PlasmaLanes = { _ in .zero }) {
        while time < end * (1 - 1e-14) { step(atMost: end - time, inflow: inflow) }
    }

    /// Changes the plasma of cells between two steps, for the layout `blocks`; nil leaves a cell as it is.
    mutating func change(_ changed: (Int, PlasmaPoint) -> PlasmaPoint?) {
        for cell in 0..<grid.count {
            guard let plasma = changed(cell, plasma(cell: cell)) else { continue }
            let (place, lane) = layout.index(cell: cell, member: 0, cells: grid.count)
            let u = ConservedLanes(PlasmaLanes(plasma), br: metric.cells[place].br, gas: configuration.gas)
            current[place].take(lane: lane, of: u)
        }
        restorePrimitives()
        measureSpeed()
    }

    /// One stage of a step: next = base · start + stage · (current + step · change). True if a cell went out of bounds.
    private mutating func sweep(base: Double, stage: Double, step: Double) -> Bool {
        var sweep = Sweep(
            gas: configuration.gas, isWENO: configuration.reconstruction == .weno5z, base: base, stage: stage,
            step: step, internalEnergyShare: configuration.internalEnergyShare, counts: counts)
        sweep.run(
            scaled: scaled, current: current, start: start, metric: metric, troubled: troubled, next: &next)
        counts = sweep.counts
        return sweep.hasTrouble
    }

    /// Marks the cells whose density or pressure is not positive; true if there are any.
    private mutating func findTrouble() -> Bool {
        guard configuration.gas.isothermalSoundSpeedSquared == nil else { return false }
        var marks: [LaneMask] = []
        for place in next.indices {
            let pressure = next[place].pressure(br: metric.cells[place].br, gas: configuration.gas)
            // Not-a-number is trouble too, so ask for what is good.
            let isGood = smaller(pressure, next[place].mass) .> .zero
            guard !all(isGood) else { continue }
            if marks.isEmpty { marks = [LaneMask](repeating: LaneMask(repeating: false), count: next.count) }
            marks[place] = .!isGood
        }
        troubled = marks
        return !marks.isEmpty
    }

    /// Finds how fast waves cross the cells.
    private mutating func measureSpeed() {
        let gas = configuration.gas
        var fastest = Lanes.zero
        for place in current.indices {
            let cell = metric.cells[place]
            let u = current[place]
            let w = scaled[place + RadialMHDSolver.ghosts]
            let pressure = w.pressure * cell.unscalePressure
            let field = u.bt * u.bt + u.bn * u.bn + cell.br * cell.br
            // The bound c² ≤ (γp + B²)/ρ of the fast speed is met within a few percent in the solar wind.
            let wave = ((gas.gamma * pressure + field) / u.mass).squareRoot()
            fastest = larger(fastest, (larger(w.ur, -w.ur) + wave) * cell.inverseWidth)
        }
        self.fastest = fastest
    }

    /// Scaled primitive variables from conserved ones, with the floors.
    private mutating func restorePrimitives() {
        let gas = configuration.gas
        for place in current.indices {
            let cell = metric.cells[place]
            if !all(current[place].mass .>= cell.densityFloor) { raiseDensity(at: place) }
            let u = current[place]
            let inverse = 1 / u.mass
            let ur = u.mr * inverse
            let ut = u.mt * inverse
            let un = u.mn * inverse
            let field = u.bt * u.bt + u.bn * u.bn + cell.br * cell.br
            var pressure: Lanes
            if let square = gas.isothermalSoundSpeedSquared {
                pressure = u.mass * square
            } else {
                let kinetic = 0.5 * (u.mr * ur + u.mt * ut + u.mn * un)
                pressure = gas.gammaMinus1 * (u.energy - kinetic - 0.5 * field)
                let floor = u.mass * configuration.pressureFloorPerDensity
                if !all(pressure .>= floor) {
                    let isLow = .!(pressure .>= floor)
                    counts.pressureFloors += isLow.trueCount
                    current[place].energy += choose(isLow, (floor - pressure) * gas.inverseGammaMinus1, .zero)
                    pressure = choose(isLow, floor, pressure)
                }
            }
            scaled[place + RadialMHDSolver.ghosts] = PlasmaLanes(
                density: u.mass * cell.scale.density, ur: ur, ut: ut, un: un, pressure: pressure * cell.scale.pressure,
                bt: u.bt * cell.scale.field, bn: u.bn * cell.scale.field, quality: u.tracer * inverse)
        }
    }

    /// Raises the density of a place to its floor at the same velocity.
    private mutating func raiseDensity(at place: Int) {
        let u = current[place]
        let floor = metric.cells[place].densityFloor
        let isLow = .!(u.mass .>= floor)
        counts.densityFloors += isLow.trueCount
        let kinetic = 0.5 * (u.mr * u.mr + u.mt * u.mt + u.mn * u.mn) / u.mass
        let factor = floor / u.mass
        current[place] = .choose(isLow, u.raised(by: factor, energy: kinetic * (factor - 1)), u)
    }
}

extension RadialMHDSolver {
    /// Fills the places beyond both ends: with the neighbouring block, or as the boundary says.
    private mutating func fillGhosts(inflow: PlasmaLanes) {
        let ghosts = RadialMHDSolver.ghosts
        let length = current.count
        let last = Lanes.scalarCount - 1
        let face = metric.faces[0].unscale
        let prescribed = inflow.scaled(
            by: ExpansionScale(density: 1 / face.density, pressure: 1 / face.pressure, field: 1 / face.field))
        for depth in 0..<ghosts {
            let below = ghosts - 1 - depth
            let above = ghosts + length + depth
            let innerMirror = scaled[ghosts + depth]
            let outerMirror = scaled[ghosts + length - 1 - depth]
            let lower: PlasmaLanes =
                switch configuration.inner {
                case .prescribed: prescribed
                case .outflow: scaled[ghosts]
                case .reflecting: innerMirror.reflected
                case .periodic: outerMirror
                }
            let upper: PlasmaLanes =
                switch configuration.outer {
                case .prescribed, .outflow: scaled[ghosts + length - 1]
                case .reflecting: outerMirror.reflected
                case .periodic: innerMirror
                }
            guard layout == .blocks else {
                scaled[below] = lower
                scaled[above] = upper
                continue
            }
            scaled[below] = outerMirror.map { $0.shiftedUp }
            scaled[below].take(lane: configuration.inner == .periodic ? last : 0, of: lower, to: 0)
            scaled[above] = innerMirror.map { $0.shiftedDown }
            scaled[above].take(lane: configuration.outer == .periodic ? 0 : last, of: upper, to: last)
        }
    }
}

extension Lanes {
    /// Every lane with what the lane before it has; the first keeps its own.
    fileprivate var shiftedUp: Lanes { Lanes(self[0], self[0], self[1], self[2]) }
    /// Every lane with what the lane after it has; the last keeps its own.
    fileprivate var shiftedDown: Lanes { Lanes(self[1], self[2], self[3], self[3]) }
}

extension ConservedLanes {
    /// The same velocity with more mass and the kinetic energy that takes.
    fileprivate func raised(by factor: Lanes, energy added: Lanes) -> ConservedLanes {
        ConservedLanes(
            mass: mass * factor, mr: mr * factor, mt: mt * factor, mn: mn * factor, energy: energy + added, bt: bt,
            bn: bn, tracer: tracer * factor)
    }
}
