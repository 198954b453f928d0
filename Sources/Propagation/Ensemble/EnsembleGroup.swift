// SPDX-License-Identifier: Apache-2.0

import Ephemeris

/// As many members as the solver has lanes, carried outwards by the same instructions.
struct EnsembleGroup {
    let request: PropagationRequest
    let members: [EnsembleMember]
    /// The source of each member.
    let sources: [SourceWind]
    /// Width of cells in those of the mode.
    let coarsening: Int

    /// Two stages with straight lines are stable up to 1; what that costs in accuracy is far below what members differ by.
    static let courant = 0.8

    /// The hours of each member.
    func run(progress: (Double) -> Void) -> (hours: [[PredictedHour]], counts: SolverCounts) {
        let hours = request.hours
        let farthest = hours.map { sources[0].target.position(hour: Double($0)).length }.max() ?? 1
        let grid = SolarWindPropagator.grid(
            from: 1, to: max(farthest, 1) + 0.1, mode: request.mode, coarsening: coarsening)
        let radial = request.mode.hasAllComponents ? sources[0].wind.usualRadialField : 0
        var configuration = SolarWindPropagator.configuration(mode: request.mode, radialField: radial)
        configuration.courant = EnsembleGroup.courant
        // Lanes without a member repeat the last one.
        let lanes = (0..<Lanes.scalarCount).map { min($0, members.count - 1) }
        var gammas = Lanes()
        for lane in 0..<Lanes.scalarCount { gammas[lane] = members[lanes[lane]].gamma }
        configuration.gas = GasLaw(gamma: gammas)
        let lead = Int(SolarWindPropagator.spinUpSeconds(distance: farthest) / 3600) + 1
        let start = hours.lowerBound - lead
        let inflow = hourlyInflow(from: start, to: hours.upperBound + 1, lanes: lanes)
        let first = inflow[0]
        var solver = RadialMHDSolver(grid: grid, layout: .members, configuration: configuration) { cell in
            var lanes = PlasmaLanes.zero
            for lane in 0..<Lanes.scalarCount {
                let point = PlasmaPoint(first, lane: lane).expanded(
                    from: 1, to: grid.center(cell), gamma: gammas[lane])
                lanes.take(lane: 0, of: PlasmaLanes(point), to: lane)
            }
            return lanes
        }
        let hourLength = 3600 / SolverUnits.timeSeconds
        let makers = sources.map {
            HourMaker(source: $0, radialField: request.mode.hasAllComponents ? radial : nil)
        }
        var result = [[PredictedHour]](repeating: [], count: members.count)
        for hour in start...hours.upperBound {
            solver.run(to: Double(hour - start) * hourLength) { time in
                let place = min(max(time / hourLength, 0), Double(inflow.count - 1))
                let before = min(Int(place), inflow.count - 2)
                let part = Lanes(repeating: place - Double(before))
                return .combine(inflow[before], inflow[before + 1]) { $0 + part * ($1 - $0) }
            }
            if hours.contains(hour) {
                let distance = sources[0].target.position(hour: Double(hour)).length
                for member in members.indices {
                    var plasma = solver.plasma(at: distance, member: member)
                    plasma.pressure /= members[member].pressureFactor
                    result[member].append(makers[member].hour(hour, plasma: plasma))
                }
            }
            if hour % 24 == 0 { progress(Double(hour - start) / Double(hours.upperBound - start + 1)) }
        }
        return (result, solver.counts)
    }

    /// The plasma of all lanes at 1 AU, hour by hour.
    private func hourlyInflow(from first: Int, to last: Int, lanes: [Int]) -> [PlasmaLanes] {
        (first...last).map { hour in
            var result = PlasmaLanes.zero
            for (lane, member) in lanes.enumerated() {
                var point = sources[member].plasma(hour: Double(hour))
                point.pressure *= members[member].pressureFactor
                result.take(lane: 0, of: PlasmaLanes(point), to: lane)
            }
            return result
        }
    }
}
