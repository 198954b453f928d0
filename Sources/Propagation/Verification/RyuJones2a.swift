// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The shock tube 2a of Ryu and Jones with its known solution.
///
/// - Reference: Ryu and Jones 1995, Astrophys. J. 442, 228; states of Dai and Woodward 1994, J. Comput. Phys. 111, 354.
enum RyuJones2a {
    static let field = 2 / (4 * Double.pi).squareRoot()
    private static let unit = 1 / (4 * Double.pi).squareRoot()

    static func point(
        _ density: Double, _ ur: Double, _ ut: Double, _ un: Double, _ bt: Double, _ bn: Double, _ pressure: Double
    ) -> PlasmaPoint {
        PlasmaPoint(density: density, ur: ur, ut: ut, un: un, pressure: pressure, bt: bt * unit, bn: bn * unit)
    }

    static let left = point(1.08, 1.2, 0.01, 0.5, 3.6, 2, 0.95)
    static let right = point(1, 0, 0, 0, 4, 2, 1)

    /// The exact state at a place and time.
    static func exact(x: Double, time t: Double) -> PlasmaPoint {
        let pi = Double.pi
        switch x {
        case (2.2638 * t)...: return right
        case ((0.53432 + 1 / (pi * 1.309).squareRoot()) * t)...:
            return point(1.309, 0.53432, -0.094572, -0.047286, 5.3452, 2.6726, 1.5844)
        case ((0.53432 + 0.48144 / 1.309) * t)...:
            return point(1.309, 0.53432, -0.18411, 0.17554, 5.7083, 1.7689, 1.5844)
        case (0.57538 * t)...: return point(1.4735, 0.57538, 0.047601, 0.24734, 5.0074, 1.5517, 1.9317)
        case ((0.60588 - 0.51594 / 1.4903) * t)...:
            return point(1.6343, 0.57538, 0.047601, 0.24734, 5.0074, 1.5517, 1.9317)
        case ((0.60588 - 1 / (pi * 1.4903).squareRoot()) * t)...:
            return point(1.4903, 0.60588, 0.22157, 0.30125, 5.5713, 1.7264, 1.6558)
        case ((1.2 - 2.3305 / 1.08) * t)...:
            return point(1.4903, 0.60588, 0.11235, 0.55686, 5.0987, 2.8326, 1.6558)
        default: return left
        }
    }

    static func solver(cells: Int, reconstruction: Reconstruction) -> RadialMHDSolver {
        var configuration = SolverConfiguration()
        configuration.innerRadialField = Lanes(repeating: field)
        configuration.reconstruction = reconstruction
        configuration.timeStepping = reconstruction == .weno5z ? .thirdOrder : .secondOrder
        configuration.inner = .outflow
        configuration.courant = 0.3
        let grid = RadialGrid.uniform(from: -0.5, to: 0.5, count: cells, geometry: .cartesian)
        return RadialMHDSolver(grid: grid, layout: .blocks, configuration: configuration) {
            PlasmaLanes(grid.center($0) < 0 ? left : right)
        }
    }

    /// Root of the sum of squares of the mean errors of all conserved quantities.
    static func error(cells: Int, reconstruction: Reconstruction) -> Double {
        var solver = solver(cells: cells, reconstruction: reconstruction)
        solver.run(to: 0.2)
        return meanError(solver) { exact(x: $0, time: 0.2) }
    }
}

/// The conserved quantities of a point, with a radial field and γ = 5/3 unless given.
func conserved(_ w: PlasmaPoint, br: Double, gamma: Double = 5.0 / 3) -> [Double] {
    let squares = br * br + w.bt * w.bt + w.bn * w.bn
    let motion = w.ur * w.ur + w.ut * w.ut + w.un * w.un
    return [
        w.density, w.density * w.ur, w.density * w.ut, w.density * w.un,
        w.pressure / (gamma - 1) + 0.5 * w.density * motion + 0.5 * squares, w.bt, w.bn,
    ]
}

/// Root of the sum of squares of the mean errors of the conserved quantities over all cells, weighted by width.
func meanError(_ solver: RadialMHDSolver, gamma: Double = 5.0 / 3, exact: (Double) -> PlasmaPoint) -> Double {
    let grid = solver.grid
    let br = solver.configuration.innerRadialField[0]
    var sums = [Double](repeating: 0, count: 7)
    for cell in 0..<grid.count {
        let found = conserved(solver.plasma(cell: cell), br: br, gamma: gamma)
        let expected = conserved(exact(grid.center(cell)), br: br, gamma: gamma)
        for index in sums.indices { sums[index] += abs(found[index] - expected[index]) }
    }
    return sums.map { $0 / Double(grid.count) }.reduce(0) { $0 + $1 * $1 }.squareRoot()
}
