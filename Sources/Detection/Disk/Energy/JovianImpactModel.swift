// SPDX-License-Identifier: Apache-2.0

import Ephemeris

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// From the light of a flash on Jupiter to the energy and mass of the impactor, calibrated on the planet's own light.
///
/// Given: the ratio of the flash's light, all frames together, to Jupiter's light in one frame. Returned: optical energy
/// of a black body, kinetic energy by Brown's efficiency, mass 2 E / v².
///
/// - Reference: Hueso et al. 2013, Astron. Astrophys. 560, A55 (calibration on Jupiter, black body); Brown et al. 2002,
///   Nature 420, 294 (E = 8.2508 E₀^0.885 kilotons); Mallama & Hilton 2018, Astron. Comput. 25, 10 (magnitude).
public struct JovianImpactModel: Sendable, Hashable {
    /// Temperature of the fireball in kelvins.
    public var temperatureKelvins = Estimate(value: 8000, low: 6500, high: 10_000)
    /// By how much clouds below multiply the light: up to twice the direct light is added.
    public var cloudReflection = Estimate(value: 2, low: 1, high: 3)
    /// Speed of the impactor in km/s: that of a fall from infinity.
    public var impactSpeedKilometresPerSecond = 60.0
    /// Greatest speed that is thought usual, in km/s.
    public var highSpeedKilometresPerSecond = 64.0

    private static let joulesPerKiloton = 4.185e12

    /// The usual assumptions.
    public init() {}

    /// Jupiter's magnitude in V.
    ///
    /// - Reference: Mallama & Hilton 2018: 5 log₁₀(r Δ) − 9.395 − 3.7 × 10⁻⁴ α + 6.16 × 10⁻⁴ α², α up to 12°.
    public static func magnitude(of jupiter: PhysicalEphemeris) -> Double {
        let unit = AstronomicalConstants.astronomicalUnitKilometres
        let distances = (jupiter.sunDistanceKilometres / unit) * (jupiter.distanceKilometres / unit)
        let phase = jupiter.phaseAngleDegrees
        return 5 * log10(distances) - 9.395 - 3.7e-4 * phase + 6.16e-4 * phase * phase
    }

    /// The energy of a flash.
    ///
    /// - Parameters:
    ///   - ratio: flux of the flash, summed over all frames, over that of Jupiter in one frame.
    ///   - relativeError: relative standard error of `ratio`.
    ///   - frameSeconds: time from one frame to the next.
    ///   - jupiter: how the planet appears.
    public func energy(
        ratio: Double, relativeError: Double, frameSeconds: Double, jupiter: PhysicalEphemeris
    ) -> ImpactEnergy {
        let magnitude = JovianImpactModel.magnitude(of: jupiter)
        let irradiance = PhotometricBand.v.fluxOfMagnitudeZero * powerOfTen(-0.4 * magnitude)
        let distance = jupiter.distanceKilometres * 1000
        let inBand = 4 * Double.pi * distance * distance * irradiance * frameSeconds * ratio
        func optical(_ temperature: Double, _ reflection: Double) -> Double {
            inBand / JovianImpactModel.shareInV(temperature) / reflection
        }
        let all = [temperatureKelvins.low, temperatureKelvins.value, temperatureKelvins.high].flatMap { temperature in
            [cloudReflection.low, cloudReflection.high].map { optical(temperature, $0) }
        }
        let spread = max(0, min(0.99, 2 * relativeError))
        let luminous = Estimate(
            value: optical(temperatureKelvins.value, cloudReflection.value), low: (all.min() ?? 0) * (1 - spread),
            high: (all.max() ?? 0) * (1 + spread))
        func kinetic(_ joules: Double) -> Double {
            8.2508 * pow(joules / JovianImpactModel.joulesPerKiloton, 0.885) * JovianImpactModel.joulesPerKiloton
        }
        let energy = Estimate(
            value: kinetic(luminous.value), low: kinetic(luminous.low), high: kinetic(luminous.high))
        func mass(_ joules: Double, _ speed: Double) -> Double { 2 * joules / (speed * speed * 1e6) }
        return ImpactEnergy(
            luminousJoules: luminous, kineticJoules: energy,
            massKilograms: Estimate(
                value: mass(energy.value, impactSpeedKilometresPerSecond),
                low: mass(energy.low, highSpeedKilometresPerSecond),
                high: mass(energy.high, impactSpeedKilometresPerSecond)),
            assumptions: [
                "Calibrated on Jupiter's own light, V = \((10 * magnitude).rounded() / 10), as if the flash had its colour.",
                "Black body of \(short(temperatureKelvins.value)) K (\(short(temperatureKelvins.low)) to"
                    + " \(short(temperatureKelvins.high)) K), light to all sides.",
                "Clouds below multiply the light by \(short(cloudReflection.value)) (\(short(cloudReflection.low)) to"
                    + " \(short(cloudReflection.high))).",
                "Kinetic energy 8.2508 E^0.885 kilotons of the optical energy E (Brown et al. 2002, for the Earth).",
                "Impact speed \(short(impactSpeedKilometresPerSecond)) to \(short(highSpeedKilometresPerSecond)) km/s.",
            ])
    }

    /// Share of a black body's light that falls into V: π B(λ) Δλ / σ T⁴ at 5448 Å.
    static func shareInV(_ temperature: Double) -> Double {
        // Second radiation constant h c / k = 0.014388 m K; first one 2 π h c² = 3.7418e-16 W m².
        let wavelength = 5448e-10
        let exitance = 3.741_77e-16 / (pow(wavelength, 5) * (exp(0.014_387_77 / (wavelength * temperature)) - 1))
        return exitance * PhotometricBand.v.widthAngstroms * 1e-10 / (5.670_374e-8 * pow(temperature, 4))
    }
}
