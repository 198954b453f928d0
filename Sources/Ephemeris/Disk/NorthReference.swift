// SPDX-License-Identifier: Apache-2.0

/// Which celestial pole angles on the disk are counted from.
public enum NorthReference: Sendable, Hashable {
    /// Pole of date: what an equatorial mount and the daily motion show.
    case trueOfDate
    /// Pole of the ICRF, close to that of J2000.0: what star catalogues and plate solutions show.
    case icrf
}
