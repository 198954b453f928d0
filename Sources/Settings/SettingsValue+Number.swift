// SPDX-License-Identifier: Apache-2.0

extension SettingsValue where Value == Int {
    /// A whole number within `range`, in decimal digits.
    public static func integer(_ range: ClosedRange<Int>) -> SettingsValue {
        SettingsValue(placeholder: range.lowerBound) { text, _ throws(SettingsFault) in
            let number = try LeadingNumber.wholeText(
                text, example: "\(min(max(0, range.lowerBound), range.upperBound))")
            guard let value = Int(exactly: number) else {
                throw SettingsFault("\(quoted(text)) is not a whole number", remedy: "write a number without decimals")
            }
            guard range.contains(value) else {
                throw SettingsFault(
                    "\(text) is out of range", remedy: "write a number from \(range.lowerBound) to \(range.upperBound)")
            }
            return value
        }
    }
}

extension SettingsValue where Value == Double {
    /// A number without a unit within `range`, such as a ratio or a signal to noise.
    public static func number(_ range: ClosedRange<Double>) -> SettingsValue {
        SettingsValue(placeholder: range.lowerBound) { text, _ throws(SettingsFault) in
            let value = try LeadingNumber.wholeText(
                text, example: written(min(max(0, range.lowerBound), range.upperBound)))
            guard range.contains(value) else {
                throw SettingsFault(
                    "\(text) is out of range",
                    remedy: "write a number from \(written(range.lowerBound)) to \(written(range.upperBound))")
            }
            return value
        }
    }
}

/// A decimal number at the beginning of a text, and what follows it.
struct LeadingNumber {
    let value: Double
    /// The rest of the text, without the blanks before and after it.
    let rest: Substring

    /// Reads `[+-]digits[.digits][e[+-]digits]`; nil if the text does not begin like that, or the number is too large.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        var end = 0
        func digits(from start: Int) -> Int { bytes[start...].prefix { (48...57).contains($0) }.count }
        func isSign(_ position: Int) -> Bool {
            position < bytes.count && (bytes[position] == 43 || bytes[position] == 45)
        }
        if isSign(0) { end += 1 }
        let whole = digits(from: end)
        end += whole
        var decimals = 0
        if end < bytes.count, bytes[end] == UInt8(ascii: ".") {
            decimals = digits(from: end + 1)
            end += 1 + decimals
        }
        guard whole + decimals > 0 else { return nil }
        if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
            let start = end + (isSign(end + 1) ? 2 : 1)
            // An 'e' without digits begins a unit.
            if start < bytes.count, digits(from: start) > 0 { end = start + digits(from: start) }
        }
        guard let value = Double(String(decoding: bytes[..<end], as: UTF8.self)), value.isFinite else { return nil }
        self.value = value
        let rest = text.utf8.dropFirst(end)
        self.rest = Substring(rest).drop { $0 == " " }
    }

    /// A text that is a number and nothing else.
    static func wholeText(_ text: String, example: String) throws(SettingsFault) -> Double {
        guard let number = LeadingNumber(text) else { throw notANumber(text, example: example) }
        guard number.rest.isEmpty else {
            throw number.rest.hasPrefix(",")
                ? notANumber(text, example: example)
                : SettingsFault(
                    "\(quoted(text)) is more than a number", remedy: "write the number alone, without a unit")
        }
        return number.value
    }

    /// The fault of a text that is no number.
    static func notANumber(_ text: String, example: String) -> SettingsFault {
        let remedy = text.contains(",") ? "write decimals with a point" : "write a number, for example \(example)"
        return SettingsFault("\(quoted(text)) is not a number", remedy: remedy)
    }
}

/// A number as a person writes it: without `.0`.
func written(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
