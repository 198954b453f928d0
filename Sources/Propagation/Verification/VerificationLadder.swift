// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The tests of the solver from the simple to the whole, computed anew to be drawn. The gates are in the tests.
public enum VerificationLadder {
    /// All rungs, from the first to the last; some seconds of work.
    public static func rungs() -> [LadderRung] {
        [
            ryuJones(), brioWu(), sod(), linearWaves(), circularWave(), steadyWind(), restingSphere(), sedov(),
            parker(),
            conservation(),
        ]
    }

    private static func profile(
        _ name: String, _ solver: RadialMHDSolver, _ value: (PlasmaPoint) -> Double
    ) -> LadderRung.Curve {
        LadderRung.Curve(
            name: name, isReference: false,
            points: (0..<solver.grid.count).map { (solver.grid.center($0), value(solver.plasma(cell: $0))) })
    }

    private static func exact(_ range: ClosedRange<Double>, _ value: (Double) -> Double) -> LadderRung.Curve {
        LadderRung.Curve(
            name: "exact", isReference: true,
            points: (0...1000).map { step in
                let x = range.lowerBound + (range.upperBound - range.lowerBound) * Double(step) / 1000
                return (x, value(x))
            })
    }

    private static func profiles(
        _ name: String, _ title: String, x: String = "x", y: String, _ curves: [LadderRung.Curve]
    ) -> LadderRung {
        LadderRung(
            name: name, title: title, x: x, y: y, hasLogarithmicX: false, hasLogarithmicY: false, curves: curves)
    }

    /// Errors by number of cells, beside the slope of an order.
    private static func convergence(
        _ name: String, _ title: String, cells: [Int], order: Double, _ list: [(name: String, error: (Int) -> Double)]
    ) -> LadderRung {
        let curves = list.map { item in
            LadderRung.Curve(
                name: item.name, isReference: false, points: cells.map { (Double($0), item.error($0)) })
        }
        let start = curves.first?.points.first ?? (1, 1)
        let slope = LadderRung.Curve(
            name: "order \(Int(order))", isReference: true,
            points: cells.map { (Double($0), start.y * pow(start.x / Double($0), order)) })
        return LadderRung(
            name: name, title: title, x: "cells", y: "mean error", hasLogarithmicX: true, hasLogarithmicY: true,
            curves: [slope] + curves)
    }

    private static func ryuJones() -> LadderRung {
        let curves = Reconstruction.allCases.map { reconstruction in
            var solver = RyuJones2a.solver(cells: 512, reconstruction: reconstruction)
            solver.run(to: 0.2)
            return profile("\(reconstruction.rawValue), 512 cells", solver, \.bt)
        }
        return profiles(
            "ladder_ryu_jones_2a", "Ryu and Jones 2a: all seven waves", y: "tangential field",
            [exact(-0.5...0.5) { RyuJones2a.exact(x: $0, time: 0.2).bt }] + curves)
    }

    private static func brioWu() -> LadderRung {
        func curve(_ cells: Int, isReference: Bool) -> LadderRung.Curve {
            let densities = BrioWu.densities(cells: cells)
            return LadderRung.Curve(
                name: "\(cells) cells", isReference: isReference,
                points: densities.indices.map { ((Double($0) + 0.5) / Double(cells) - 0.5, densities[$0]) })
        }
        return profiles(
            "ladder_brio_wu", "Brio and Wu: the compound wave", y: "density",
            [curve(2048, isReference: true), curve(256, isReference: false)])
    }

    private static func sod() -> LadderRung {
        let curves = Reconstruction.allCases.map {
            profile("\($0.rawValue), 256 cells", Sod.solver(cells: 256, reconstruction: $0), \.density)
        }
        return profiles(
            "ladder_sod", "Sod: fan, contact and shock", y: "density",
            [exact(-0.5...0.5) { Sod.exact(x: $0, time: 0.25).density }] + curves)
    }

    private static func linearWaves() -> LadderRung {
        convergence(
            "ladder_linear_waves", "Weak waves after a period", cells: [32, 64, 128, 256], order: 2,
            LinearWave.allCases.map { wave in
                (wave.rawValue, { wave.error(cells: $0, direction: 1, reconstruction: .linear) })
            })
    }

    private static func circularWave() -> LadderRung {
        convergence(
            "ladder_circular_wave", "Strong circular Alfvén wave after a period", cells: [32, 64, 128, 256], order: 2,
            Reconstruction.allCases.map { kind in
                (kind.rawValue, { CircularWave.error(cells: $0, reconstruction: kind) })
            })
    }

    private static func steadyWind() -> LadderRung {
        convergence(
            "ladder_steady_wind", "Steady magnetised wind, pressure", cells: [64, 128, 256, 512], order: 2,
            [
                ("linear, scaled", { SteadyWind.error(cells: $0, reconstruction: .linear, scalesExpansion: true) }),
                ("linear, plain", { SteadyWind.error(cells: $0, reconstruction: .linear, scalesExpansion: false) }),
            ])
    }

    private static func parker() -> LadderRung {
        convergence(
            "ladder_parker", "Parker's isothermal wind, density", cells: [64, 128, 256], order: 2,
            [("linear", { ParkerWind.error(cells: $0) })])
    }

    private static func restingSphere() -> LadderRung {
        let curves = [0, 0.7].map { field in
            var solver = RestingSphere.solver(radialField: field)
            var points: [(x: Double, y: Double)] = []
            for step in 1...10_000 {
                solver.step()
                // Nought has no logarithm.
                if step % 250 == 0 { points.append((Double(step), max(RestingSphere.fastest(solver), 1e-17))) }
            }
            return LadderRung.Curve(name: "radial field \(field)", isReference: false, points: points)
        }
        let gate = LadderRung.Curve(name: "gate", isReference: true, points: [(0, 1e-12), (10_000, 1e-12)])
        return LadderRung(
            name: "ladder_rest", title: "A sphere at rest", x: "steps", y: "greatest velocity", hasLogarithmicX: false,
            hasLogarithmicY: true, curves: [gate] + curves)
    }

    private static func sedov() -> LadderRung {
        let solver = SedovBlast.solver()
        let radius = SedovBlast.radius
        return profiles(
            "ladder_sedov", "Sedov's blast", x: "radius", y: "density",
            [
                LadderRung.Curve(name: "radius of the shock", isReference: true, points: [(radius, 0), (radius, 4)]),
                profile("240 cells", solver, \.density),
            ])
    }

    private static func conservation() -> LadderRung {
        var solver = ClosedBox.solver(.spherical)
        let before = ClosedBox.totals(solver)
        var changes: [[(x: Double, y: Double)]] = [[], []]
        for step in 1...50 {
            solver.run(to: 0.01 * Double(step))
            let now = ClosedBox.totals(solver)
            for index in 0..<2 {
                changes[index].append((0.01 * Double(step), max(abs(now[index] / before[index] - 1), 1e-17)))
            }
        }
        let gate = LadderRung.Curve(name: "gate", isReference: true, points: [(0, 1e-12), (0.5, 1e-12)])
        return LadderRung(
            name: "ladder_conservation", title: "Waves between walls", x: "time", y: "relative change",
            hasLogarithmicX: false, hasLogarithmicY: true,
            curves: [gate]
                + zip(["mass", "energy"], changes).map { LadderRung.Curve(name: $0, isReference: false, points: $1) })
    }
}
