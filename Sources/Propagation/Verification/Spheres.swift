// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Uniform pressure at rest in a sphere, which must stay at rest.
enum RestingSphere {
    static func solver(radialField: Double) -> RadialMHDSolver {
        var configuration = SolverConfiguration()
        configuration.inner = .reflecting
        configuration.outer = .reflecting
        configuration.scalesExpansion = false
        configuration.innerRadialField = Lanes(repeating: radialField)
        let grid = RadialGrid.uniform(from: 1, to: 2, count: 32, geometry: .spherical)
        return RadialMHDSolver(grid: grid, layout: .blocks, configuration: configuration) { _ in
            PlasmaLanes(PlasmaPoint(density: 1, ur: 0, pressure: 1))
        }
    }

    /// Greatest velocity anywhere.
    static func fastest(_ solver: RadialMHDSolver) -> Double {
        (0..<solver.grid.count).map { abs(solver.plasma(cell: $0).ur) }.max() ?? .nan
    }
}

/// A strong explosion in a point, energy 1 in gas of density 1 (Sedov 1946, Taylor 1950), at the time 0.5.
enum SedovBlast {
    /// Radius of the shock by the similarity solution, ξ₀ = 1.152 for γ = 5/3.
    static let radius = 1.152 * pow(0.5, 0.4)

    static func solver() -> RadialMHDSolver {
        var configuration = SolverConfiguration()
        configuration.inner = .reflecting
        configuration.scalesExpansion = false
        configuration.densityFloor = 1e-12
        let grid = RadialGrid.uniform(from: 0, to: 1.2, count: 240, geometry: .spherical)
        // An energy of 1 in the innermost three cells.
        let radius = grid.faces[3]
        let pressure = 2.0 / 3 / (4 * Double.pi / 3 * radius * radius * radius)
        var solver = RadialMHDSolver(grid: grid, layout: .blocks, configuration: configuration) {
            PlasmaLanes(PlasmaPoint(density: 1, ur: 0, pressure: $0 < 3 ? pressure : 1e-6))
        }
        solver.run(to: 0.5)
        return solver
    }
}

/// Waves between walls, in which mass and energy must stay.
enum ClosedBox {
    static func solver(_ geometry: RadialGrid.Geometry) -> RadialMHDSolver {
        var configuration = SolverConfiguration()
        configuration.inner = .reflecting
        configuration.outer = .reflecting
        configuration.gravity = geometry == .spherical ? 1 : 0
        let grid = RadialGrid.uniform(from: 1, to: 2, count: 64, geometry: geometry)
        return RadialMHDSolver(grid: grid, layout: .blocks, configuration: configuration) {
            PlasmaLanes(grid.center($0) < 1.4 ? RyuJones2a.left : RyuJones2a.right)
        }
    }

    /// Mass and energy, that of gravity included.
    static func totals(_ solver: RadialMHDSolver) -> [Double] {
        let grid = solver.grid
        return (0..<grid.count).reduce([0, 0]) { sums, cell in
            let a = grid.faces[cell]
            let b = grid.faces[cell + 1]
            let isSphere = grid.geometry == .spherical
            let volume = isSphere ? (b * b * b - a * a * a) / 3 : b - a
            let parts = conserved(solver.plasma(cell: cell), br: 0)
            let potential = isSphere ? -1 / grid.center(cell) : 0
            return [sums[0] + volume * parts[0], sums[1] + volume * (parts[4] + potential * parts[0])]
        }
    }
}
