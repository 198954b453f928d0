// SPDX-License-Identifier: Apache-2.0

/// A Julian date in a time scale, in two parts so that no microsecond is lost.
public struct JulianDate<Scale: TimeScale>: Sendable, Hashable {
    /// The large part, in days.
    public let day: Double
    /// What is to be added to it, in days.
    public let fraction: Double

    /// A date from its two parts, whose sum counts.
    public init(day: Double, fraction: Double) {
        self.day = day
        self.fraction = fraction
    }

    /// Days since J2000.0 of the scale.
    public var daysSinceJ2000: Double { (day - 2_451_545) + fraction }

    /// Julian centuries of 36 525 days since J2000.0 of the scale.
    public var centuriesSinceJ2000: Double { daysSinceJ2000 / 36_525 }

    /// The date so many seconds of its scale later; earlier if negative.
    public func advanced(bySeconds seconds: Double) -> JulianDate {
        JulianDate(day: day, fraction: fraction + seconds / 86_400)
    }
}
