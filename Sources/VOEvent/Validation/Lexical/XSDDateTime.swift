// SPDX-License-Identifier: Apache-2.0
import UTC

/// The form of an `xs:dateTime`: `YYYY-MM-DDThh:mm:ss`, with decimals of the second and a zone if wanted.
///
/// - Reference: W3C XML Schema Part 2, section 3.2.7. Years may have more than four digits and a minus sign, but not
///   be zero; `24:00:00` is the end of a day; zones reach to ±14:00; there is no leap second.
enum XSDDateTime {
    /// True if the text is such a date and exists in the calendar. White space around it is refused: the standard
    /// allows it, but libxml2, with which the brokers in use validate, does not.
    static func isValid(_ text: String) -> Bool {
        var rest = text.utf8[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        guard let year = year(&rest), take("-", &rest), let month = number(&rest), take("-", &rest),
            let day = number(&rest), take("T", &rest), let hour = number(&rest), take(":", &rest),
            let minute = number(&rest), take(":", &rest), let second = number(&rest)
        else { return false }
        var hasDecimals = false
        if take(".", &rest) {
            let digits = rest.prefix { (48...57).contains($0) }
            guard !digits.isEmpty else { return false }
            hasDecimals = digits.contains { $0 != 48 }
            rest.removeFirst(digits.count)
        }
        guard zone(&rest), rest.isEmpty else { return false }
        // The year before 1 is -1, and the leap years run on as if it were 0.
        let days = CivilDate.daysInMonth(month, year: isNegative ? 1 - year : year)
        guard (1...12).contains(month), day >= 1, day <= days else { return false }
        if hour == 24 { return minute == 0 && second == 0 && !hasDecimals }
        return hour <= 23 && minute <= 59 && second <= 59
    }

    private static func take(_ character: Unicode.Scalar, _ rest: inout Substring.UTF8View) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest.removeFirst()
        return true
    }

    private static func year(_ rest: inout Substring.UTF8View) -> Int? {
        let digits = rest.prefix { (48...57).contains($0) }
        guard digits.count >= 4, digits.count <= 18, digits.count == 4 || digits.first != 48 else { return nil }
        rest.removeFirst(digits.count)
        let year = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
        return year == 0 ? nil : year
    }

    /// A number of exactly two digits.
    private static func number(_ rest: inout Substring.UTF8View) -> Int? {
        let digits = rest.prefix(2)
        guard digits.count == 2, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        rest.removeFirst(2)
        return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    private static func zone(_ rest: inout Substring.UTF8View) -> Bool {
        if rest.isEmpty || take("Z", &rest) { return true }
        guard take("+", &rest) || take("-", &rest), let hours = number(&rest), take(":", &rest),
            let minutes = number(&rest)
        else { return false }
        return minutes <= 59 && hours * 60 + minutes <= 14 * 60
    }
}
