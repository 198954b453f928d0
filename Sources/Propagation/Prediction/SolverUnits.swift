// SPDX-License-Identifier: Apache-2.0

import Ephemeris

/// The solver's units in those of the world: AU, km/s, proton masses a cm³.
enum SolverUnits {
    /// Seconds in a unit of time: 1 AU at 1 km/s.
    static let timeSeconds = AstronomicalConstants.astronomicalUnitKilometres
    /// Nanopascal in a unit of pressure, m_p cm⁻³ km² s⁻² (CODATA 2018).
    static let pressureNanopascal = 1.672_621_923_69e-6
    /// Nanotesla in a unit of field: the root of μ₀ times the unit of pressure.
    static let fieldNanotesla = 0.045_845_5
    /// Pressure of one particle a cm³ at one kelvin.
    static let boltzmann = 1.380_649e-23 * 1e6 / 1.672_621_923_69e-15
    /// G times the mass of the Sun in km² s⁻² AU.
    static let solarGravity = 887.13

    /// Pressure of protons, and of electrons by the factor.
    static func pressure(density: Double, temperature: Double, factor: Double) -> Double {
        factor * boltzmann * density * temperature
    }

    /// Temperature in K of a pressure.
    static func temperature(pressure: Double, density: Double, factor: Double) -> Double {
        pressure / (factor * boltzmann * density)
    }
}
