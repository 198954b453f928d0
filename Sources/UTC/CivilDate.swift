// SPDX-License-Identifier: Apache-2.0

/// A date and time of day in the proleptic Gregorian calendar, in UTC.
///
/// Given and returned by the conversions between calendar and `UTCInstant`.
public struct CivilDate: Sendable, Hashable {
    /// Year, astronomical numbering.
    public var year: Int
    /// Month, 1...12.
    public var month: Int
    /// Day of the month, 1...31.
    public var day: Int
    /// Hour, 0...23.
    public var hour: Int
    /// Minute, 0...59.
    public var minute: Int
    /// Second, 0...60; 60 only in a leap second.
    public var second: Int
    /// Nanosecond, 0...999 999 999.
    public var nanosecond: Int

    /// A date from its parts; nothing is checked here, `UTCInstant.init(_:)` checks.
    public init(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, nanosecond: Int = 0
    ) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.nanosecond = nanosecond
    }

    /// Days in `month` of `year`; 0 for a month that does not exist.
    public static func daysInMonth(_ month: Int, year: Int) -> Int {
        switch month {
        case 1, 3, 5, 7, 8, 10, 12: 31
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 0
        }
    }
}

extension UTCInstant {
    private static let nanosecondsPerDay: Int64 = 86_400_000_000_000

    /// The instant of a calendar date; nil if a part is out of its range or the year outside 1678...2261.
    ///
    /// - Reference: day count after H. Hinnant, "chrono-compatible low-level date algorithms" (days_from_civil).
    public init?(_ date: CivilDate) {
        guard (1678...2261).contains(date.year), (1...12).contains(date.month),
            (1...CivilDate.daysInMonth(date.month, year: date.year)).contains(date.day),
            (0...23).contains(date.hour), (0...59).contains(date.minute), (0...60).contains(date.second),
            date.second < 60 || (date.hour == 23 && date.minute == 59),
            (0...999_999_999).contains(date.nanosecond)
        else { return nil }
        // Years that begin in March put the leap day last, so that a month's offset needs no leap rule.
        let shiftedYear = date.month <= 2 ? date.year - 1 : date.year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let monthFromMarch = (date.month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + date.day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = Int64(era * 146_097 + dayOfEra - 719_468)
        let secondOfDay = Int64(date.hour * 3600 + date.minute * 60 + date.second)
        self.init(
            nanosecondsSince1970: days * UTCInstant.nanosecondsPerDay + secondOfDay * 1_000_000_000
                + Int64(date.nanosecond))
    }

    /// The calendar date of this instant.
    ///
    /// - Reference: H. Hinnant, "chrono-compatible low-level date algorithms" (civil_from_days).
    public var civilDate: CivilDate {
        let days = Int((Double(nanosecondsSince1970) / Double(UTCInstant.nanosecondsPerDay)).rounded(.down))
        var remainder = nanosecondsSince1970 &- Int64(days) &* UTCInstant.nanosecondsPerDay
        var day = days
        // The quotient went through a double: put right what rounding near midnight may have shifted.
        if remainder < 0 {
            remainder += UTCInstant.nanosecondsPerDay
            day -= 1
        } else if remainder >= UTCInstant.nanosecondsPerDay {
            remainder -= UTCInstant.nanosecondsPerDay
            day += 1
        }
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let second = Int(remainder / 1_000_000_000)
        return CivilDate(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, hour: second / 3600, minute: second / 60 % 60,
            second: second % 60, nanosecond: Int(remainder % 1_000_000_000))
    }
}
