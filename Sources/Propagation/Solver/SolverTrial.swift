// SPDX-License-Identifier: Apache-2.0

/// Fixed work for the solver, for measurements of its speed.
public struct SolverTrial: Sendable {
    /// What is computed.
    public enum Work: String, Sendable, Hashable, CaseIterable {
        /// A gusty wind from 1 AU outwards, as in daily use: faster than all of its waves.
        case wind
        /// The shock tube of Ryu and Jones, repeated: all seven waves at every face.
        case shockTube = "shock_tube"
    }

    private var solver: RadialMHDSolver
    private let work: Work

    /// What was counted so far.
    public var counts: SolverCounts { solver.counts }
    /// Runs that go on at the same time: 1, or 4 as an ensemble.
    public let memberCount: Int

    /// Work on a number of cells, a multiple of eight.
    public init(_ work: Work, cells: Int, isEnsemble: Bool, reconstruction: Reconstruction = .linear) {
        self.work = work
        memberCount = isEnsemble ? Lanes.scalarCount : 1
        var configuration = SolverConfiguration()
        configuration.reconstruction = reconstruction
        let layout: LaneLayout = isEnsemble ? .members : .blocks
        switch work {
        case .wind:
            configuration.gravity = 887.13
            let grid = RadialGrid.uniform(from: 1, to: 5.6, count: cells, geometry: .spherical)
            solver = RadialMHDSolver(grid: grid, layout: layout, configuration: configuration) {
                let point = SolverTrial.source(time: 0).expanded(from: 1, to: grid.center($0), gamma: 5.0 / 3)
                return PlasmaLanes(point)
            }
        case .shockTube:
            configuration.innerRadialField = Lanes(repeating: 0.5642)
            configuration.inner = .periodic
            configuration.outer = .periodic
            let grid = RadialGrid.uniform(from: 0, to: 1, count: cells, geometry: .cartesian)
            solver = RadialMHDSolver(grid: grid, layout: layout, configuration: configuration) {
                grid.center($0) < 0.5
                    ? PlasmaLanes(
                        PlasmaPoint(density: 1.08, ur: 1.2, ut: 0.01, un: 0.5, pressure: 0.95, bt: 1.0155, bn: 0.5642))
                    : PlasmaLanes(PlasmaPoint(density: 1, ur: 0, pressure: 1, bt: 1.1284, bn: 0.5642))
            }
        }
    }

    /// Goes on by a number of steps.
    public mutating func run(steps: Int) {
        for _ in 0..<steps { solver.step { PlasmaLanes(SolverTrial.source(time: $0)) } }
    }

    /// A wind with streams of 400 and 600 km/s that take turns.
    private static func source(time: Double) -> PlasmaPoint {
        let phase = time * 1500
        let isFast = phase - phase.rounded(.down) < 0.4
        return PlasmaPoint(
            density: isFast ? 3 : 8, ur: isFast ? 600 : 400, ut: 5, un: -5, pressure: isFast ? 4000 : 5000,
            bt: isFast ? 60 : -90, bn: 20)
    }
}
