// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The steady wind with a tangential field from 1 to 10 AU, for which Bernoulli's sum, the mass flux and r u B are the
/// same at all distances.
enum SteadyWind {
    static let gravity = 887.13
    private static let inner = PlasmaPoint(density: 5, ur: 400, pressure: 5 * 6000, bt: 150)
    private static let gamma = 5.0 / 3

    private static func state(r: Double, u: Double) -> PlasmaPoint {
        let density = inner.density * inner.ur / (r * r * u)
        return PlasmaPoint(
            density: density, ur: u, pressure: inner.pressure * pow(density / inner.density, gamma),
            bt: inner.bt * inner.ur / (r * u))
    }

    private static func bernoulli(r: Double, u: Double) -> Double {
        let w = state(r: r, u: u)
        return u * u / 2 + gamma / (gamma - 1) * w.pressure / w.density + w.bt * w.bt / w.density - gravity / r
    }

    /// The supersonic solution.
    static func exact(_ r: Double) -> PlasmaPoint {
        let sum = bernoulli(r: 1, u: inner.ur)
        var low = inner.ur * 0.999
        var high = 2 * inner.ur
        for _ in 0..<80 {
            let middle = (low + high) / 2
            if bernoulli(r: r, u: middle) < sum { low = middle } else { high = middle }
        }
        return state(r: r, u: (low + high) / 2)
    }

    static func configuration(reconstruction: Reconstruction) -> SolverConfiguration {
        var configuration = SolverConfiguration()
        configuration.reconstruction = reconstruction
        configuration.timeStepping = reconstruction == .weno5z ? .thirdOrder : .secondOrder
        configuration.gravity = gravity
        return configuration
    }

    /// Mean relative error of the pressure.
    static func error(cells: Int, reconstruction: Reconstruction, scalesExpansion: Bool) -> Double {
        let grid = RadialGrid.uniform(from: 1, to: 10, count: cells, geometry: .spherical)
        let inflow = PlasmaLanes(inner)
        var configuration = configuration(reconstruction: reconstruction)
        configuration.scalesExpansion = scalesExpansion
        var solver = RadialMHDSolver(grid: grid, layout: .blocks, configuration: configuration) {
            PlasmaLanes(exact(grid.center($0)))
        }
        solver.run(to: 0.06) { _ in inflow }
        let errors = (0..<cells).map { cell in
            abs(solver.plasma(cell: cell).pressure / exact(grid.center(cell)).pressure - 1)
        }
        return errors.reduce(0, +) / Double(cells)
    }

    /// A wind that changes at its source.
    static func disturbed(layout: LaneLayout, reconstruction: Reconstruction) -> RadialMHDSolver {
        let grid = RadialGrid.stretched(from: 1, to: 4, width: 0.05, uniformTo: 2)
        var configuration = configuration(reconstruction: reconstruction)
        configuration.innerRadialField = Lanes(repeating: 40)
        var solver = RadialMHDSolver(grid: grid, layout: layout, configuration: configuration) {
            PlasmaLanes(exact(grid.center($0)))
        }
        solver.run(to: 0.01) { time in
            var point = inner
            point.ur += 150 * sin(3000 * time)
            point.quality = cos(2000 * time)
            return PlasmaLanes(point)
        }
        return solver
    }
}

/// The isothermal wind of Parker 1958, Astrophys. J. 128, 664, from its critical point to 50 times that distance.
enum ParkerWind {
    /// Mach number at a distance in critical radii.
    static func mach(_ x: Double) -> Double {
        var low = 1.0
        var high = 10.0
        for _ in 0..<80 {
            let middle = (low + high) / 2
            if middle * middle - 2 * log(middle) < 4 * log(x) + 4 / x - 3 { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// Mean relative error of the density.
    static func error(cells: Int) -> Double {
        var configuration = SolverConfiguration()
        configuration.gas = GasLaw(isothermalSoundSpeed: 1)
        configuration.gravity = 2
        configuration.densityFloor = 1e-9
        let grid = RadialGrid(faces: (0...cells).map { pow(50, Double($0) / Double(cells)) }, geometry: .spherical)
        func exact(_ r: Double) -> PlasmaPoint {
            let u = mach(r)
            return PlasmaPoint(density: 1 / (r * r * u), ur: u, pressure: 1 / (r * r * u))
        }
        let inflow = PlasmaLanes(exact(1))
        var solver = RadialMHDSolver(grid: grid, layout: .blocks, configuration: configuration) {
            PlasmaLanes(exact(grid.center($0)))
        }
        solver.run(to: 40) { _ in inflow }
        let errors = (0..<cells).map { cell in
            abs(solver.plasma(cell: cell).density / exact(grid.center(cell)).density - 1)
        }
        return errors.reduce(0, +) / Double(cells)
    }
}
