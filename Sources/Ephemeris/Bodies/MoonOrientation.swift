// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How the Moon's mean Earth and rotation axes lie at a time, optical and physical libration included.
///
/// Given: time. Returned: rotation from ICRF to selenographic axes.
///
/// Note: the series is that of the IAU 2009 report, table 2. Against the mean Earth axes of the integrated ephemeris
/// DE421 it is good to 0.003° from 2013 to 2026.
///
/// - Reference: Archinal et al. 2011, Celest. Mech. Dyn. Astr. 109, 101, table 2.
func moonOrientation(at date: JulianDate<TDB>) -> Rotation<ICRF, BodyFixed> {
    let d = date.daysSinceJ2000
    let t = date.centuriesSinceJ2000
    var poleRightAscension = 269.9949 + 0.0031 * t
    var poleDeclination = 66.5392 + 0.0130 * t
    var meridian = 38.3213 + 13.17635815 * d - 1.4e-12 * d * d
    for term in moonTerms {
        let argument = (term.angle + term.rate * d) * .pi / 180
        poleRightAscension += term.rightAscension * sin(argument)
        poleDeclination += term.declination * cos(argument)
        meridian += term.meridian * sin(argument)
    }
    return Rotation(
        poleRightAscensionDegrees: poleRightAscension, poleDeclinationDegrees: poleDeclination,
        meridianDegrees: meridian)
}

/// E1 to E13: angle at J2000.0 and its rate a day, amplitudes in right ascension and declination of the pole and in
/// the meridian, all in degrees.
private let moonTerms: [(angle: Double, rate: Double, rightAscension: Double, declination: Double, meridian: Double)] =
    [
        (125.045, -0.0529921, -3.8787, 1.5419, 3.5610),
        (250.089, -0.1059842, -0.1204, 0.0239, 0.1208),
        (260.008, 13.0120009, 0.0700, -0.0278, -0.0642),
        (176.625, 13.3407154, -0.0172, 0.0068, 0.0158),
        (357.529, 0.9856003, 0, 0, 0.0252),
        (311.589, 26.4057084, 0.0072, -0.0029, -0.0066),
        (134.963, 13.0649930, 0, 0.0009, -0.0047),
        (276.617, 0.3287146, 0, 0, -0.0046),
        (34.226, 1.7484877, 0, 0, 0.0028),
        (15.134, -0.1589763, -0.0052, 0.0008, 0.0052),
        (119.743, 0.0036096, 0, 0, 0.0040),
        (239.961, 0.1643573, 0, 0, 0.0019),
        (25.053, 12.9590088, 0.0043, -0.0009, -0.0044),
    ]
