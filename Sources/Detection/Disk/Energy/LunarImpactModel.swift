// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// From the light of a flash on the Moon to the energy and mass of the meteoroid.
///
/// Given: the energy of the flash's light that arrives, in the band, per square metre. Returned: luminous energy
/// f π d² × fluence, kinetic energy by the luminous efficiency η, mass 2 E / v².
///
/// - Reference: Bellot Rubio, Ortiz & Sada 2000, Earth Moon Planets 82, 575 (f, η); Swift et al. 2011, NASA/CP-2011-216469
///   (η of the speed).
public struct LunarImpactModel: Sendable, Hashable {
    /// Share of the kinetic energy that becomes light in the band.
    public var luminousEfficiency = Estimate(value: 1.5e-3, low: 5e-4, high: 5e-3)
    /// Speed of the impactor in km/s: 17 for a sporadic one.
    public var impactSpeedKilometresPerSecond = 17.0
    /// Least and greatest speed that is thought possible, in km/s; shower meteoroids reach 72.
    public var speedRange = 11.0...30.0
    /// Degree of anisotropy f: 2 for light emitted over a hemisphere near the ground, 4 from high above.
    public var anisotropy = Estimate(value: 2, low: 2, high: 4)

    /// The usual assumptions.
    public init() {}

    /// The energy of a flash.
    ///
    /// - Parameters:
    ///   - fluenceJoulesPerSquareMetre: light in the band that arrived, all frames together, and its relative
    ///     standard error.
    ///   - band: the band.
    ///   - distanceKilometres: from the observer to the Moon.
    public func energy(
        fluenceJoulesPerSquareMetre fluence: Double, relativeError: Double, band: PhotometricBand,
        distanceKilometres: Double
    ) -> ImpactEnergy {
        let distance = distanceKilometres * 1000
        let light = .pi * distance * distance * fluence
        let spread = max(0, min(0.99, 2 * relativeError))
        let luminous = Estimate(
            value: anisotropy.value * light, low: anisotropy.low * light * (1 - spread),
            high: anisotropy.high * light * (1 + spread))
        let kinetic = Estimate(
            value: luminous.value / luminousEfficiency.value, low: luminous.low / luminousEfficiency.high,
            high: luminous.high / luminousEfficiency.low)
        func mass(_ joules: Double, _ speed: Double) -> Double { 2 * joules / (speed * speed * 1e6) }
        return ImpactEnergy(
            luminousJoules: luminous, kineticJoules: kinetic,
            massKilograms: Estimate(
                value: mass(kinetic.value, impactSpeedKilometresPerSecond),
                low: mass(kinetic.low, max(speedRange.upperBound, impactSpeedKilometresPerSecond)),
                high: mass(kinetic.high, min(speedRange.lowerBound, impactSpeedKilometresPerSecond))),
            assumptions: [
                "Light in the band \(band.rawValue) only, \(Int(band.widthAngstroms)) Å wide.",
                "Emitted over f π d² with f = \(short(anisotropy.value)) (\(short(anisotropy.low)) to"
                    + " \(short(anisotropy.high))) at d = \(Int((distanceKilometres / 1000).rounded())) thousand km.",
                "Luminous efficiency \(short(luminousEfficiency.value)) (\(short(luminousEfficiency.low)) to"
                    + " \(short(luminousEfficiency.high))).",
                "Impact speed \(short(impactSpeedKilometresPerSecond)) km/s"
                    + " (\(short(min(speedRange.lowerBound, impactSpeedKilometresPerSecond))) to"
                    + " \(short(max(speedRange.upperBound, impactSpeedKilometresPerSecond)))), not measured.",
            ])
    }
}

/// A number of an assumption with at most two digits that count.
func short(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return "0" }
    let size = pow(10, floor(log10(abs(value))) - 1)
    let rounded = (value / size).rounded() * size
    if abs(rounded) >= 10, abs(rounded) < 1e6 { return "\(Int(rounded.rounded()))" }
    // Digits beyond the second are those of the binary fraction.
    let inverse = (1 / size).rounded()
    let text = size < 1 ? "\((rounded * inverse).rounded() / inverse)" : "\(rounded)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
