// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Weak waves on the background of Gardiner and Stone 2005, J. Comput. Phys. 205, 509, section 6.
enum LinearWave: String, CaseIterable {
    case fast, alfven, slow, entropy

    static let field = (r: 1.0, t: 2.0.squareRoot(), n: 0.5)

    /// The gates of Athena++ at 64 cells along the wave, there in three dimensions.
    var gate: Double {
        switch self {
        case .fast: 4.5e-8
        case .alfven: 4.0e-8
        case .slow: 5.0e-8
        case .entropy: 2.75e-8
        }
    }

    var speed: Double {
        switch self {
        case .fast: 2
        case .alfven, .entropy: 1
        case .slow: 0.5
        }
    }

    /// Change of the primitive variables, of the size that Athena++ takes.
    private func amplitude(direction: Double) -> PlasmaPoint {
        let b = LinearWave.field
        let c = speed * direction
        switch self {
        case .entropy: return PlasmaPoint(density: 1, ur: 0, pressure: 0)
        case .alfven:
            let size = (b.t * b.t + b.n * b.n).squareRoot()
            return PlasmaPoint(
                density: 0, ur: 0, ut: b.n / size, un: -b.t / size, pressure: 0, bt: -direction * b.n / size,
                bn: direction * b.t / size)
        case .fast, .slow:
            let ratio = 1 / (c * c - b.r * b.r)
            let unit = (self == .fast ? 1 : 2) / 5.0.squareRoot()
            return PlasmaPoint(
                density: unit, ur: unit * c, ut: -unit * c * b.r * b.t * ratio, un: -unit * c * b.r * b.n * ratio,
                pressure: unit, bt: unit * b.t * c * c * ratio, bn: unit * b.n * c * c * ratio)
        }
    }

    static func configuration(reconstruction: Reconstruction) -> SolverConfiguration {
        var configuration = SolverConfiguration()
        configuration.reconstruction = reconstruction
        configuration.timeStepping = reconstruction == .weno5z ? .thirdOrder : .secondOrder
        configuration.innerRadialField = Lanes(repeating: field.r)
        configuration.inner = .periodic
        configuration.outer = .periodic
        configuration.courant = 0.4
        return configuration
    }

    func error(cells: Int, direction: Double, reconstruction: Reconstruction) -> Double {
        let grid = RadialGrid.uniform(from: 0, to: 1, count: cells, geometry: .cartesian)
        let change = amplitude(direction: direction)
        let b = LinearWave.field
        func exact(_ x: Double) -> PlasmaPoint {
            let size = 1e-6 * sin(2 * .pi * x)
            return PlasmaPoint(
                density: 1 + size * change.density, ur: (self == .entropy ? 1 : 0) + size * change.ur,
                ut: size * change.ut, un: size * change.un, pressure: 0.6 + size * change.pressure,
                bt: b.t + size * change.bt, bn: b.n + size * change.bn)
        }
        var solver = RadialMHDSolver(
            grid: grid, layout: .blocks, configuration: LinearWave.configuration(reconstruction: reconstruction)
        ) { PlasmaLanes(exact(grid.center($0))) }
        solver.run(to: 1 / speed)
        return meanError(solver, exact: exact)
    }
}
