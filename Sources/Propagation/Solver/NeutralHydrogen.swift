// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The hydrogen atoms that come in from the interstellar medium. The wind ionises them and takes them along, which slows
/// and heats it: one fluid, whose temperature far out is that of wind and pickup ions together.
struct NeutralHydrogen: Sendable {
    /// Atoms a cm³ far away, and the distance in AU at which ionisation thins them out.
    private static let farDensity = 0.1, cavityAU = 4.0
    /// Speed of the atoms in km/s, their temperature in K, and where they come from in degrees of the ecliptic.
    private static let speed = 24.0, temperature = 6700.0
    static let upwindLongitude = 255.4, upwindLatitude = 5.2
    /// Photoionisations an atom and second at 1 AU.
    private static let photoionisation = 1.1e-7
    /// Where it begins to matter, in AU.
    static let beginAU = 8.0

    /// Angle between the upwind direction and the target, seen from the Sun, in radians.
    let upwindAngle: Double
    /// Pressure of the plasma in units of n k T.
    let pressureFactor: Double

    /// Atoms a cm³ at a distance in AU (Axford's cold model).
    func density(at distance: Double) -> Double {
        let angle = min(max(upwindAngle, 1e-3), .pi - 0.05)
        return NeutralHydrogen.farDensity * exp(-NeutralHydrogen.cavityAU * angle / (distance * sin(angle)))
    }

    /// Cross-section of charge exchange in cm² at a relative speed in km/s (Lindsay and Stebbings 2005, J. Geophys. Res.
    /// 110, A12213).
    static func crossSection(speed: Double) -> Double {
        let energy = max(5.22e-6 * speed * speed, 1e-3)
        let slope = 4.15 - 0.531 * log(energy)
        return slope * slope * pow(1 - exp(-67.3 / energy), 4.5) * 1e-16
    }

    /// What a plasma becomes after a time in the atoms at a distance.
    func exchanged(_ plasma: PlasmaPoint, distance: Double, seconds: Double, gamma: Double) -> PlasmaPoint {
        let thermal = plasma.pressure / (pressureFactor * plasma.density)
        let neutralThermal = SolverUnits.boltzmann * NeutralHydrogen.temperature
        let neutral = -NeutralHydrogen.speed * cos(upwindAngle)
        let slip = plasma.ur - neutral
        // Mean speed of two gases past each other (Pauls, Zank and Williams 1995, J. Geophys. Res. 100, 21595).
        let relative =
            (slip * slip + plasma.ut * plasma.ut + plasma.un * plasma.un + 8 / .pi * (thermal + neutralThermal))
            .squareRoot()
        let atoms = density(at: distance) * seconds
        let ionised = atoms * NeutralHydrogen.photoionisation / (distance * distance)
        let swapped = atoms * plasma.density * NeutralHydrogen.crossSection(speed: relative) * relative * 1e5
        let mass = plasma.density + ionised
        var result = plasma
        result.density = mass
        result.ur = (plasma.density * plasma.ur + ionised * neutral - swapped * slip) / mass
        result.ut = (plasma.density - swapped) * plasma.ut / mass
        result.un = (plasma.density - swapped) * plasma.un / mass
        let motion = plasma.ur * plasma.ur + plasma.ut * plasma.ut + plasma.un * plasma.un
        let gained =
            0.5 * ionised * neutral * neutral
            + swapped * (0.5 * (neutral * neutral - motion) + 1.5 * (neutralThermal - thermal))
        let newMotion = result.ur * result.ur + result.ut * result.ut + result.un * result.un
        let kinetic = 0.5 * (mass * newMotion - plasma.density * motion)
        result.pressure = plasma.pressure + (gamma - 1) * (gained - kinetic)
        result.quality = plasma.quality
        return result
    }
}

extension RadialMHDSolver {
    /// Lets the plasma beyond 8 AU take atoms along for a time; the exchange is slow against the flow through a cell.
    mutating func exchange(with hydrogen: NeutralHydrogen, seconds: Double) {
        guard let outermost = grid.faces.last, outermost > NeutralHydrogen.beginAU else { return }
        let gamma = configuration.gas.gamma[0]
        let grid = grid
        change { cell, plasma in
            let distance = grid.center(cell)
            guard distance > NeutralHydrogen.beginAU else { return nil }
            return hydrogen.exchanged(plasma, distance: distance, seconds: seconds, gamma: gamma)
        }
    }
}
