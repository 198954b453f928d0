// SPDX-License-Identifier: Apache-2.0

import CERFA
import UTC

/// One instant in every time scale that positions need.
public struct Epoch: Sendable, Hashable {
    /// The instant in UTC.
    public let utc: UTCInstant
    /// The instant in Terrestrial Time.
    public let tt: JulianDate<TT>
    /// The instant in Barycentric Dynamical Time, for the geocentre.
    public let tdb: JulianDate<TDB>
    /// The instant in Universal Time 1.
    public let ut1: JulianDate<UT1>

    /// The scales at an instant of UTC.
    ///
    /// Given: the instant, and UT1 − UTC in seconds (IERS Bulletin A). Returned: TT, TDB, UT1.
    ///
    /// Notes:
    /// 1. Leap seconds are those known to ERFA; after the last of them TAI − UTC is taken to stay.
    /// 2. UT1 − UTC is never beyond 0.9 s. Taken as 0 it turns the site by up to 13.5″: at most 0.0007° in the Moon's
    ///    sub-observer point, nothing for Jupiter, but 13.5″ in azimuth.
    /// 3. TDB − TT is that of the geocentre; a site differs by 2 µs at most.
    ///
    /// - Reference: ERFA `dtf2d`, `utctai`, `taitt`, `utcut1`, `dtdb`.
    public init(utc: UTCInstant, ut1MinusUTCSeconds: Double = 0) {
        self.utc = utc
        let date = utc.civilDate
        var first = 0.0
        var second = 0.0
        // The returned status warns of years without published leap seconds, for which the last value is used.
        _ = eraDtf2d(
            "UTC", Int32(date.year), Int32(date.month), Int32(date.day), Int32(date.hour), Int32(date.minute),
            Double(date.second) + Double(date.nanosecond) / 1e9, &first, &second)
        var tai = (0.0, 0.0)
        var tt = (0.0, 0.0)
        var ut1 = (0.0, 0.0)
        _ = eraUtctai(first, second, &tai.0, &tai.1)
        _ = eraTaitt(tai.0, tai.1, &tt.0, &tt.1)
        _ = eraUtcut1(first, second, ut1MinusUTCSeconds, &ut1.0, &ut1.1)
        let dayFraction = (ut1.0 - 0.5 - (ut1.0 - 0.5).rounded(.down)) + ut1.1
        let difference = eraDtdb(tt.0, tt.1, dayFraction, 0, 0, 0)
        self.tt = JulianDate(day: tt.0, fraction: tt.1)
        tdb = JulianDate(day: tt.0, fraction: tt.1 + difference / 86_400)
        self.ut1 = JulianDate(day: ut1.0, fraction: ut1.1)
    }
}
