// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How Jupiter's axes lie at a time, for a rotation system by its meridian at J2000.0 and its rate.
///
/// Given: time, angle W of the prime meridian at J2000.0, its rate. Returned: rotation from ICRF to Jupiter's axes.
///
/// - Reference: Archinal et al. 2011, Celest. Mech. Dyn. Astr. 109, 101, table 1 (pole, System III); Systems I and II
///   have the same pole and the rates of the IAU 1979 report.
func jupiterOrientation(
    at date: JulianDate<TDB>, meridianDegrees: Double, degreesPerDay: Double
) -> Rotation<ICRF, BodyFixed> {
    let t = date.centuriesSinceJ2000
    var poleRightAscension = 268.056595 - 0.006499 * t
    var poleDeclination = 64.495303 + 0.002413 * t
    for term in jupiterTerms {
        let argument = (term.angle + term.rate * t) * .pi / 180
        poleRightAscension += term.rightAscension * sin(argument)
        poleDeclination += term.declination * cos(argument)
    }
    return Rotation(
        poleRightAscensionDegrees: poleRightAscension, poleDeclinationDegrees: poleDeclination,
        meridianDegrees: meridianDegrees + degreesPerDay * date.daysSinceJ2000)
}

/// Ja to Je: angle at J2000.0 and its rate a century, amplitudes in right ascension and declination of the pole, all in
/// degrees.
private let jupiterTerms: [(angle: Double, rate: Double, rightAscension: Double, declination: Double)] = [
    (99.360714, 4850.4046, 0.000117, 0.000050),
    (175.895369, 1191.9605, 0.000938, 0.000404),
    (300.323162, 262.5475, 0.001432, 0.000617),
    (114.012305, 6070.2476, 0.000030, -0.000013),
    (49.511251, 64.3000, 0.002150, 0.000926),
]
