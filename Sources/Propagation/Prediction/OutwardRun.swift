// SPDX-License-Identifier: Apache-2.0

import Ephemeris

/// From 1 AU outwards.
struct OutwardRun: WindRun {
    let request: PropagationRequest
    let source: SourceWind

    func run(progress: (Double) -> Void) -> WindResult {
        let hours = request.hours
        let farthest = hours.map { source.target.position(hour: Double($0)).length }.max() ?? 1
        let grid = SolarWindPropagator.grid(from: 1, to: max(farthest, 1) + 0.1, mode: request.mode)
        let radialField = request.mode.hasAllComponents ? source.wind.usualRadialField : 0
        let configuration = SolarWindPropagator.configuration(mode: request.mode, radialField: radialField)
        let lead = Int(SolarWindPropagator.spinUpSeconds(distance: farthest) / 3600) + 1
        let start = hours.lowerBound - lead
        let gamma = configuration.gas.gamma[0]
        let first = source.plasma(hour: Double(start))
        var solver = RadialMHDSolver(grid: grid, layout: .blocks, configuration: configuration) {
            PlasmaLanes(first.expanded(from: 1, to: grid.center($0), gamma: gamma))
        }
        let hourLength = 3600 / SolverUnits.timeSeconds
        let hydrogen = request.mode == .physics ? source.hydrogen(hour: hours.upperBound) : nil
        let maker = HourMaker(source: source, radialField: request.mode.hasAllComponents ? radialField : nil)
        var result: [PredictedHour] = []
        for hour in start...hours.upperBound {
            solver.run(to: Double(hour - start) * hourLength) {
                PlasmaLanes(source.plasma(hour: Double(start) + $0 / hourLength))
            }
            if let hydrogen { solver.exchange(with: hydrogen, seconds: 3600) }
            if hours.contains(hour) {
                let distance = source.target.position(hour: Double(hour)).length
                result.append(maker.hour(hour, plasma: solver.plasma(at: distance)))
            }
            if hour % 24 == 0 { progress(Double(hour - start) / Double(hours.upperBound - start + 1)) }
        }
        return WindResult(
            hours: result, counts: solver.counts,
            facts: [
                ("grid", "\(grid.count) cells from 1 AU, \(request.mode.cellWidthText) wide, growing beyond 6 AU"),
                ("scheme", "HLLD, linear reconstruction, SSP Runge-Kutta 2, Courant 0.45"),
                ("spin_up_hours", String(lead)),
                ("neutral_hydrogen", hydrogen == nil ? "none" : "beyond 8 AU, 0.1 cm-3 far away, cavity of 4 AU"),
            ])
    }
}

extension SourceWind {
    /// The atoms as the target meets them at a time.
    fileprivate func hydrogen(hour: Int) -> NeutralHydrogen {
        let upwind = FrameVector<EclipticJ2000>(
            longitudeDegrees: NeutralHydrogen.upwindLongitude, latitudeDegrees: NeutralHydrogen.upwindLatitude)
        let direction = Rotation.toHeliographicInertial(upwind)
        let angle = direction.angleDegrees(to: target.position(hour: Double(hour)))
        return NeutralHydrogen(upwindAngle: angle * .pi / 180, pressureFactor: mode.pressureFactor)
    }
}

extension HourlyWind {
    /// Mean size of the radial field in nT: what a flow that drags both polarities along has for B_r.
    var usualRadialField: Double {
        let series = values[Quantity.br.rawValue]
        return series.reduce(0) { $0 + abs($1) } / Double(max(series.count, 1))
    }
}

extension HeliosphericTrack {
    /// Greatest distance from the Sun in AU among the positions it is made of.
    var farthest: Double { positions.map(\.length).max() ?? 1 }
}
