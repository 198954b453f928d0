// SPDX-License-Identifier: Apache-2.0

import CERFA

/// Where the Sun, the Earth, the Moon and Jupiter are, in kilometres along ICRF axes.
///
/// - Reference: ERFA `epv00` (Earth, 5 km in the mean), `moon98` (Meeus 1998 after ELP 2000-82:
///   some 10″ in longitude and 4″ in latitude), `plan94` (Simon et al. 1994, Astron. Astrophys. 282, 663).
enum SolarSystem {
    /// Position and velocity of the Earth's centre from the barycentre, in km and km/s.
    static func earth(at date: JulianDate<TDB>) -> (position: FrameVector<ICRF>, velocity: FrameVector<ICRF>) {
        state(earthFrom(date).barycentre)
    }

    /// Position of the Sun from the barycentre, in km.
    static func sun(at date: JulianDate<TDB>) -> FrameVector<ICRF> {
        let earth = earthFrom(date)
        return state(earth.barycentre).position - state(earth.sun).position
    }

    /// Position of the Moon from the Earth's centre at the same time, in km.
    static func moonFromEarth(at date: JulianDate<TT>) -> FrameVector<ICRF> {
        var pv = blankState
        eraMoon98(date.day, date.fraction, &pv)
        return state(pv).position
    }

    /// Position of Jupiter from the barycentre, in km; some 20″ as seen from the Sun.
    static func jupiter(at date: JulianDate<TDB>) -> FrameVector<ICRF> {
        var pv = blankState
        _ = eraPlan94(date.day, date.fraction, 5, &pv)
        return sun(at: date) + state(pv).position
    }

    private static let blankState = [(Double, Double, Double)](repeating: (0, 0, 0), count: 2)

    private static func earthFrom(
        _ date: JulianDate<TDB>
    ) -> (sun: [(Double, Double, Double)], barycentre: [(Double, Double, Double)]) {
        var sun = blankState
        var barycentre = blankState
        // The returned status only warns of dates outside 1900–2100, where the error grows slowly.
        _ = eraEpv00(date.day, date.fraction, &sun, &barycentre)
        return (sun, barycentre)
    }

    /// From ERFA's astronomical units and days to kilometres and seconds.
    private static func state(
        _ pv: [(Double, Double, Double)]
    ) -> (position: FrameVector<ICRF>, velocity: FrameVector<ICRF>) {
        let unit = AstronomicalConstants.astronomicalUnitKilometres
        func vector(_ row: (Double, Double, Double)) -> FrameVector<ICRF> {
            FrameVector(SIMD3(row.0, row.1, row.2))
        }
        return (unit * vector(pv[0]), unit / 86_400 * vector(pv[1]))
    }
}
