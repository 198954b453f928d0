// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Propagation

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct `Spheres` {
    @Test(arguments: [0, 0.7])
    func `A sphere at rest stays at rest`(radialField: Double) {
        var solver = RestingSphere.solver(radialField: radialField)
        for _ in 0..<10_000 { solver.step() }
        let fastest = RestingSphere.fastest(solver)
        print("rest, B_r \(radialField): greatest velocity \(fastest)")
        #expect(fastest < 1e-12)
    }

    @Test(arguments: Reconstruction.allCases, [true, false])
    func `A steady magnetised wind stays steady to second order`(reconstruction: Reconstruction, scales: Bool) {
        let errors = [64, 128, 256].map {
            SteadyWind.error(cells: $0, reconstruction: reconstruction, scalesExpansion: scales)
        }
        let order = log2(errors[1] / errors[2])
        print("steady wind \(reconstruction) \(scales ? "scaled" : "plain"): \(errors), order \(order)")
        #expect(errors[2] < 1e-3 && order >= 1.95)
    }

    @Test func `Parker's wind passes its critical point to second order`() {
        let errors = [64, 128, 256].map { ParkerWind.error(cells: $0) }
        let order = log2(errors[1] / errors[2])
        print("Parker: \(errors), order \(order)")
        #expect(errors[2] < 1e-3 && order >= 1.9)
    }

    @Test func `The blast wave of Sedov and Taylor is where the similarity solution has it`() {
        let solver = SedovBlast.solver()
        let grid = solver.grid
        let points = (0..<grid.count).map { solver.plasma(cell: $0) }
        let peak = points.map(\.pressure).max() ?? 0
        let front = (points.lastIndex { $0.pressure > 0.5 * peak } ?? 0) + 1
        let expected = SedovBlast.radius
        print("Sedov: front \(grid.faces[front]), expected \(expected), density \(points.map(\.density).max() ?? 0)")
        #expect(abs(grid.faces[front] - expected) < 1.2 / 240)
    }

    @Test(arguments: [RadialGrid.Geometry.cartesian, .spherical])
    func `Mass and energy change by what crosses the walls alone`(geometry: RadialGrid.Geometry) {
        var solver = ClosedBox.solver(geometry)
        let before = ClosedBox.totals(solver)
        solver.run(to: 0.5)
        let after = ClosedBox.totals(solver)
        #expect(zip(before, after).allSatisfy { abs($0 - $1) < 1e-12 * abs($0) })
    }

    @Test(arguments: Reconstruction.allCases)
    func `A member of an ensemble is the same as a run alone`(reconstruction: Reconstruction) {
        let alone = SteadyWind.disturbed(layout: .blocks, reconstruction: reconstruction)
        let together = SteadyWind.disturbed(layout: .members, reconstruction: reconstruction)
        for cell in 0..<alone.grid.count {
            #expect(alone.plasma(cell: cell) == together.plasma(cell: cell, member: 3))
        }
    }

    @Test func `Atoms slow the wind by some percent at 30 AU and heat it several times`() {
        func wind(hydrogen: NeutralHydrogen?) -> PlasmaPoint {
            let grid = RadialGrid.stretched(from: 1, to: 32, width: 0.1, uniformTo: 6)
            let inner = PlasmaPoint(density: 6, ur: 430, pressure: 2 * SolverUnits.boltzmann * 6 * 8e4, bt: 60)
            let inflow = PlasmaLanes(inner)
            var configuration = SteadyWind.configuration(reconstruction: .linear)
            configuration.pressureFloorPerDensity = 1
            var solver = RadialMHDSolver(grid: grid, layout: .blocks, configuration: configuration) {
                PlasmaLanes(inner.expanded(from: 1, to: grid.center($0), gamma: 5.0 / 3))
            }
            let day = 86_400 / SolverUnits.timeSeconds
            for step in 1...150 {
                solver.run(to: Double(step) * day) { _ in inflow }
                if let hydrogen { solver.exchange(with: hydrogen, seconds: 86_400) }
            }
            return solver.plasma(at: 30)
        }
        let without = wind(hydrogen: nil)
        let with = wind(hydrogen: NeutralHydrogen(upwindAngle: 0.5, pressureFactor: 2))
        print(
            "hydrogen: speed \(with.ur / without.ur), heat \(with.pressure / with.density / (without.pressure / without.density))"
        )
        #expect((0.90...0.98).contains(with.ur / without.ur))
        #expect(with.pressure / with.density > 5 * without.pressure / without.density)
    }
}
