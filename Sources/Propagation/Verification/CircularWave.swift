// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A strong circularly polarised Alfvén wave, which solves the full equations (Tóth 2000, J. Comput. Phys. 161, 605).
enum CircularWave {
    static func exact(_ x: Double) -> PlasmaPoint {
        let bt = 0.1 * sin(2 * .pi * x)
        let bn = 0.1 * cos(2 * .pi * x)
        return PlasmaPoint(density: 1, ur: 0, ut: -bt, un: -bn, pressure: 0.1, bt: bt, bn: bn)
    }

    /// The wave after one period.
    static func solver(cells: Int, reconstruction: Reconstruction) -> RadialMHDSolver {
        var configuration = LinearWave.configuration(reconstruction: reconstruction)
        configuration.innerRadialField = Lanes(repeating: 1)
        let grid = RadialGrid.uniform(from: 0, to: 1, count: cells, geometry: .cartesian)
        var solver = RadialMHDSolver(grid: grid, layout: .blocks, configuration: configuration) {
            PlasmaLanes(exact(grid.center($0)))
        }
        solver.run(to: 1)
        return solver
    }

    /// Error after one period.
    static func error(cells: Int, reconstruction: Reconstruction) -> Double {
        meanError(solver(cells: cells, reconstruction: reconstruction), exact: exact)
    }
}
