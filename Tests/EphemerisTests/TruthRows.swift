// SPDX-License-Identifier: Apache-2.0

import Ephemeris
import UTC

/// What the Moon looked like, computed with JPL's ephemeris DE421 and its mean Earth axes of the Moon.
struct MoonRow: Sendable {
    var site: GeodeticSite
    var utc: String
    var rightAscension: Double
    var declination: Double
    var altitude: Double
    var azimuth: Double
    var distanceKilometres: Double
    var subObserver: (longitude: Double, latitude: Double)
    var axis: Double
    var subSolar: (longitude: Double, latitude: Double)
    var phaseAngle: Double
    var brightLimb: Double

    static let samples = [
        MoonRow(
            site: GeodeticSite(longitudeDegrees: 22.618, latitudeDegrees: 37.9725, heightMetres: 930),
            utc: "2017-02-01T17:13:57.862Z", rightAscension: 10.966467, declination: 0.848295, altitude: 36.34305,
            azimuth: 236.56909, distanceKilometres: 371364.648, subObserver: (-4.77873, 4.42943), axis: 335.7260,
            subSolar: (117.82137, 0.58605), phaseAngle: 122.4352, brightLimb: 249.245),
        MoonRow(
            site: GeodeticSite(longitudeDegrees: -70.7345, latitudeDegrees: -29.2567, heightMetres: 2400),
            utc: "2024-08-08T23:00:00.000Z", rightAscension: 185.542479, declination: -2.125519, altitude: 38.05849,
            azimuth: 292.61838, distanceKilometres: 401354.004, subObserver: (-1.50807, -0.34512), axis: 21.7630,
            subSolar: (129.32071, 1.24227), phaseAngle: 130.8261, brightLimb: 293.107),
        MoonRow(
            site: GeodeticSite(longitudeDegrees: 0.1426, latitudeDegrees: 42.9364, heightMetres: 2877),
            utc: "2025-12-04T18:00:00.000Z", rightAscension: 68.067648, declination: 26.246836, altitude: 21.62282,
            azimuth: 73.68192, distanceKilometres: 354655.318, subObserver: (1.44906, -5.80340), axis: 351.5178,
            subSolar: (3.93116, -1.52664), phaseAngle: 4.9420, brightLimb: 321.466),
    ]
}

/// Where a feature of the Moon or of Jupiter stood on the sky, from the same source (Jupiter: DE421 and the rotation
/// constants of NAIF's `pck00010.tpc`).
struct FeatureRow: Sendable {
    var site: GeodeticSite
    var utc: String
    /// Degrees: east on the Moon, west in System III on Jupiter.
    var longitude: Double
    /// Degrees: planetographic on Jupiter.
    var latitude: Double
    var east: Double
    var north: Double
    var cosineOfEmission: Double

    private static let laHita = GeodeticSite(longitudeDegrees: -3.183, latitudeDegrees: 39.568, heightMetres: 680)
    private static let laSilla = GeodeticSite(
        longitudeDegrees: -70.7345, latitudeDegrees: -29.2567, heightMetres: 2400)
    /// Any site will do for Jupiter: the whole Earth is 4″ wide from there.
    static let anywhere = GeodeticSite(longitudeDegrees: 0, latitudeDegrees: 0, heightMetres: 0)

    static let moonSamples = [
        FeatureRow(
            site: laHita, utc: "2019-01-21T04:41:38.090Z", longitude: -67.89, latitude: -29.43, east: 663.512,
            north: -675.165, cosineOfEmission: 0.35158),
        FeatureRow(
            site: laSilla, utc: "2019-01-21T04:41:38.090Z", longitude: -67.89, latitude: -29.43, east: 666.460,
            north: -671.819, cosineOfEmission: 0.35771),
        FeatureRow(
            site: laHita, utc: "2019-01-21T04:41:38.090Z", longitude: -24.3302, latitude: 20.7135, east: 432.821,
            north: 260.974, cosineOfEmission: 0.86612),
    ]

    static let jupiterSamples = [
        FeatureRow(
            site: anywhere, utc: "2010-06-03T20:31:20Z", longitude: 247.5579, latitude: -22, east: 13.2775,
            north: -1.1753, cosineOfEmission: 0.69685),
        FeatureRow(
            site: anywhere, utc: "2021-09-13T22:39:30Z", longitude: 264.3314, latitude: 60, east: -4.9322,
            north: 18.4533, cosineOfEmission: 0.50232),
        FeatureRow(
            site: anywhere, utc: "2026-11-22T03:00:00Z", longitude: 50.0957, latitude: -22, east: 8.2979,
            north: -10.0653, cosineOfEmission: 0.71223),
    ]
}
