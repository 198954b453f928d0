// SPDX-License-Identifier: Apache-2.0

import Glibc

/// An impact on the Moon by its energy, and the instrument that sees it: how many electrons does it give?
///
/// The part η of the kinetic energy becomes light in the R band, which spreads over the area `f π d²`:
/// `η E = F Δλ f π d² t`, where `F t` is the fluence at the observer. A star of magnitude 0 gives
/// `F₀ = 10⁻⁷ · 10^(-(21.1 + 0.555) / 2.5)` J cm⁻² s⁻¹ Å⁻¹ and, by the definition of the zero point, `10^(0.4 zp)`
/// electrons a second; so the event gives `η E / (F₀ Δλ f π d²) · 10^(0.4 zp)` electrons.
///
/// - Reference: R. M. Suggs et al., "The flux of kilogram-sized meteoroids from lunar impact monitoring", Icarus 238
///   (2014) 23; zero point of the R band from M. S. Bessell et al., Astronomy & Astrophysics 333 (1998) 231.
public struct LunarImpact: Sendable, Hashable {
    /// Kinetic energy of the body in joules.
    public var kineticEnergyJoules: Double
    /// Part of the energy that becomes light in the band, η; 5·10⁻⁴...5·10⁻³, see `luminousEfficiency(...)`.
    public var luminousEfficiency: Double
    /// Distance from the observer to the Moon in kilometres.
    public var distanceKilometres: Double
    /// Magnitude R of a star that gives one electron a second in this instrument.
    public var zeroPointMagnitude: Double

    /// Width of the R band in ångström.
    public static let bandWidthAngstrom = 1607.0
    /// Flux of a star of magnitude 0 in the R band, in J cm⁻² s⁻¹ Å⁻¹.
    public static let fluxOfMagnitudeZero = 1e-7 * pow(10, -(21.1 + 0.555) / 2.5)
    /// Geometry factor f: 2 for light into the half space above the ground.
    public static let geometryFactor = 2.0

    /// An impact; the zero point of 22.5 belongs to a telescope of about 30 cm with a CMOS camera.
    public init(
        kineticEnergyJoules: Double, luminousEfficiency: Double = 1.5e-3, distanceKilometres: Double = 384_400,
        zeroPointMagnitude: Double = 22.5
    ) {
        self.kineticEnergyJoules = kineticEnergyJoules
        self.luminousEfficiency = luminousEfficiency
        self.distanceKilometres = distanceKilometres
        self.zeroPointMagnitude = zeroPointMagnitude
    }

    /// Luminous efficiency at an impact speed in km/s: `1.5e-3 exp(-(9.3 / v)²)`.
    ///
    /// - Reference: W. R. Swift et al., "An exponential luminous efficiency model for hypervelocity impact into
    ///   regolith", Meteoroids: The Smallest Solar System Bodies, NASA/CP-2011-216469 (2011).
    public static func luminousEfficiency(speedKilometresPerSecond: Double) -> Double {
        let ratio = 9.3 / speedKilometresPerSecond
        return 1.5e-3 * exp(-ratio * ratio)
    }

    /// Fluence at the observer over the brightness of a star of magnitude 0: how many seconds of such a star the
    /// event is worth.
    public var secondsOfMagnitudeZero: Double {
        let distanceCentimetres = distanceKilometres * 1e5
        let area = LunarImpact.geometryFactor * Double.pi * distanceCentimetres * distanceCentimetres
        return luminousEfficiency * kineticEnergyJoules
            / (LunarImpact.fluxOfMagnitudeZero * LunarImpact.bandWidthAngstrom * area)
    }

    /// Mean magnitude R over an exposure that catches all of the light.
    public func magnitude(exposureSeconds: Double) -> Double {
        -2.5 * log10(secondsOfMagnitudeZero / exposureSeconds)
    }

    /// Electrons of the whole event.
    public var totalElectrons: Double { secondsOfMagnitudeZero * pow(10, 0.4 * zeroPointMagnitude) }
}
