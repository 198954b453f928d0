// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The shock tube of Brio and Wu 1988, J. Comput. Phys. 75, 400.
enum BrioWu {
    static func densities(cells: Int) -> [Double] {
        var configuration = SolverConfiguration()
        configuration.gas = GasLaw(gamma: Lanes(repeating: 2))
        configuration.innerRadialField = Lanes(repeating: 0.75)
        configuration.inner = .outflow
        configuration.courant = 0.4
        let grid = RadialGrid.uniform(from: -0.5, to: 0.5, count: cells, geometry: .cartesian)
        var solver = RadialMHDSolver(grid: grid, layout: .blocks, configuration: configuration) {
            PlasmaLanes(
                grid.center($0) < 0
                    ? PlasmaPoint(density: 1, ur: 0, pressure: 1, bt: 1)
                    : PlasmaPoint(density: 0.125, ur: 0, pressure: 0.1, bt: -1))
        }
        solver.run(to: 0.1)
        return (0..<cells).map { solver.plasma(cell: $0).density }
    }
}

/// The shock tube of Sod 1978, J. Comput. Phys. 27, 1, with the exact solution for γ = 1.4.
enum Sod {
    static func exact(x: Double, time t: Double) -> PlasmaPoint {
        let sound = 1.4.squareRoot()
        switch x / t {
        case 1.752155...: return PlasmaPoint(density: 0.125, ur: 0, pressure: 0.1)
        case 0.927452...: return PlasmaPoint(density: 0.265574, ur: 0.927452, pressure: 0.303130)
        case (-0.070273)...: return PlasmaPoint(density: 0.426319, ur: 0.927452, pressure: 0.303130)
        case (-sound)...:
            let u = (x / t + sound) / 1.2
            let ratio = 1 - 0.2 * u / sound
            let fifth = ratio * ratio * ratio * ratio * ratio
            return PlasmaPoint(density: fifth, ur: u, pressure: fifth * ratio * ratio)
        default: return PlasmaPoint(density: 1, ur: 0, pressure: 1)
        }
    }

    /// The tube at the time 0.25.
    static func solver(cells: Int, reconstruction: Reconstruction) -> RadialMHDSolver {
        var configuration = SolverConfiguration()
        configuration.gas = GasLaw(gamma: Lanes(repeating: 1.4))
        configuration.reconstruction = reconstruction
        configuration.timeStepping = reconstruction == .weno5z ? .thirdOrder : .secondOrder
        configuration.inner = .outflow
        configuration.courant = 0.4
        let grid = RadialGrid.uniform(from: -0.5, to: 0.5, count: cells, geometry: .cartesian)
        var solver = RadialMHDSolver(grid: grid, layout: .blocks, configuration: configuration) {
            PlasmaLanes(
                grid.center($0) < 0
                    ? PlasmaPoint(density: 1, ur: 0, pressure: 1)
                    : PlasmaPoint(density: 0.125, ur: 0, pressure: 0.1))
        }
        solver.run(to: 0.25)
        return solver
    }

    static func error(cells: Int, reconstruction: Reconstruction) -> Double {
        meanError(solver(cells: cells, reconstruction: reconstruction), gamma: 1.4) { exact(x: $0, time: 0.25) }
    }
}
