// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// From 1 AU inwards and out again: the wind is traced back to 0.3 AU without forces, and carried outwards from there by
/// the solver, past the target and up to 1.05 AU, where it is compared with what it was made of.
///
/// - Reference: Riley and Issan 2021, Front. Phys. 9, 679497 (backward mapping of streams by an upwind scheme).
struct InwardRun: WindRun {
    let request: PropagationRequest
    let source: SourceWind
    /// Width of cells in those of the mode.
    var coarsening = 1
    /// How often the inner wind is put right by what it becomes at 1 AU.
    var rounds = 3
    /// Part of a cell that the fastest wave may cross in a step.
    var courant = SolverConfiguration().courant

    /// Innermost distance in AU, within the perihelion of Mercury.
    private static let innerAU = 0.3

    func run(progress: (Double) -> Void) -> WindResult {
        let hours = request.hours
        // Long enough for the slowest wind to cross twice, and for the tracing back of what comes later.
        let start = hours.lowerBound - 24 * 12
        let end = hours.upperBound + 24 * 12
        let wanted = (start...end).map { source.plasma(hour: Double($0)) }
        var target = wanted
        var best: (rms: Double, samples: [PlasmaPoint], counts: SolverCounts)?
        var counts = SolverCounts()
        for round in 0..<rounds {
            let inner = tracedBack(target)
            let (samples, atOne, roundCounts) = carriedOut(inner, start: start)
            counts = counts + roundCounts
            let errors = (0..<wanted.count).map { atOne[$0].ur - wanted[$0].ur }
            let judged = errors[(24 * 10)..<(errors.count - 24 * 10)]
            let rms = (judged.reduce(0) { $0 + $1 * $1 } / Double(max(judged.count, 1))).squareRoot()
            if best.map({ rms < $0.rms }) ?? true { best = (rms, samples, counts) }
            for index in target.indices {
                target[index].ur = min(max(target[index].ur - 0.7 * errors[index], 200), 1500)
                let ratio = wanted[index].density / max(atOne[index].density, 1e-3)
                target[index].density *= min(max(pow(ratio, 0.7), 0.5), 2)
            }
            progress(Double(round + 1) / Double(rounds))
        }
        guard let best else { return WindResult(hours: nil, counts: counts, facts: []) }
        let maker = HourMaker(
            source: source, radialField: request.mode.hasAllComponents ? source.wind.usualRadialField : nil)
        let result = hours.map { maker.hour($0, plasma: best.samples[$0 - start]) }
        return WindResult(
            hours: result, counts: counts,
            facts: [
                (
                    "inward",
                    "traced back from 1 to \(InwardRun.innerAU) AU without forces (Riley and Issan 2021), carried out by MHD"
                ), ("inward_speed_rms_at_1au_km_s", "\((best.rms * 10).rounded() / 10)"),
                ("grid", "from \(InwardRun.innerAU) to 1.05 AU, cells of \(request.mode.cellWidthText)"),
            ])
    }

    /// The hourly wind at the inner distance whose streams, each at its own speed, arrive as the given ones.
    private func tracedBack(_ outer: [PlasmaPoint]) -> [PlasmaPoint] {
        let count = outer.count
        // A step of the slowest wind in an hour keeps the upwind scheme stable; in AU.
        let wantedStep = 200 * 3600 / SolverUnits.timeSeconds
        let steps = Int(((1 - InwardRun.innerAU) / wantedStep).rounded(.up))
        let step = (1 - InwardRun.innerAU) / Double(steps)
        let hour = 3600 / SolverUnits.timeSeconds
        var wind = outer
        for _ in 0..<steps {
            // Inwards, what will come later lies upwind; the order leaves the neighbour unchanged until it was used.
            for index in 0..<(count - 1) {
                let part = min(step / (wind[index].ur * hour), 1)
                wind[index] = .mix(wind[index], wind[index + 1], part: part)
            }
        }
        return zip(wind, outer).map { $0.0.expanded(from: 1, to: InwardRun.innerAU, gamma: 5.0 / 3) }
    }

    /// The plasma at the target and at 1 AU, hour by hour.
    private func carriedOut(
        _ inner: [PlasmaPoint], start: Int
    ) -> (target: [PlasmaPoint], atOne: [PlasmaPoint], counts: SolverCounts) {
        let grid = SolarWindPropagator.grid(
            from: InwardRun.innerAU, to: 1.05, mode: request.mode, coarsening: coarsening)
        let radial = request.mode.hasAllComponents ? source.wind.usualRadialField : 0
        var configuration = SolarWindPropagator.configuration(
            mode: request.mode, radialField: radial / (InwardRun.innerAU * InwardRun.innerAU))
        configuration.courant = courant
        let first = inner[0]
        var solver = RadialMHDSolver(grid: grid, layout: .blocks, configuration: configuration) {
            PlasmaLanes(first.expanded(from: InwardRun.innerAU, to: grid.center($0), gamma: 5.0 / 3))
        }
        let hourLength = 3600 / SolverUnits.timeSeconds
        var samples: [PlasmaPoint] = []
        var atOne: [PlasmaPoint] = []
        for index in inner.indices {
            solver.run(to: Double(index) * hourLength) { time in
                let place = min(max(time / hourLength, 0), Double(inner.count - 1))
                let before = min(Int(place), inner.count - 2)
                return PlasmaLanes(.mix(inner[before], inner[before + 1], part: place - Double(before)))
            }
            let distance = source.target.position(hour: Double(start + index)).length
            samples.append(solver.plasma(at: distance))
            atOne.append(solver.plasma(at: 1))
        }
        return (samples, atOne, solver.counts)
    }
}
