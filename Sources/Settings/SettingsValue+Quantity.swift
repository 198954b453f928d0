// SPDX-License-Identifier: Apache-2.0

extension SettingsValue where Value == Double {
    /// A number with one of the units of `table`, such as `20 ms`; the value is in the program's unit of the table,
    /// and so is `range`.
    public static func quantity(_ table: UnitTable, _ range: ClosedRange<Double>) -> SettingsValue {
        SettingsValue(placeholder: range.lowerBound) { text, _ throws(SettingsFault) in
            let example = table.written(range.contains(1) ? 1 : range.lowerBound)
            guard let number = LeadingNumber(text), !number.rest.hasPrefix(",") else {
                throw LeadingNumber.notANumber(text, example: example)
            }
            guard !number.rest.isEmpty else {
                throw SettingsFault(
                    "\(quoted(text)) has no unit",
                    remedy: "write the \(table.quantity) with one of \(table.symbolsInWords)")
            }
            guard let unit = table.units.first(where: { $0.symbol == number.rest }) else {
                throw SettingsFault(
                    "\(quoted(String(number.rest))) is not a unit of \(table.quantity)",
                    remedy: "use one of \(table.symbolsInWords)")
            }
            let value = number.value * unit.factor
            guard range.contains(value) else {
                throw SettingsFault(
                    "\(text) is out of range",
                    remedy: "write the \(table.quantity) from \(table.written(range.lowerBound)) to "
                        + table.written(range.upperBound))
            }
            return value
        }
    }

    /// A duration in seconds: `20 ms`, `5 min`.
    public static func seconds(_ range: ClosedRange<Double>) -> SettingsValue { quantity(.duration, range) }
    /// A rate per second: `30 /s`, `2 /min`.
    public static func perSecond(_ range: ClosedRange<Double>) -> SettingsValue { quantity(.ratePerSecond, range) }
    /// A rate per hour: `0.1 /h`, `1 /d`.
    public static func perHour(_ range: ClosedRange<Double>) -> SettingsValue { quantity(.ratePerHour, range) }
    /// An angle in degrees: `43.56 deg`.
    public static func degrees(_ range: ClosedRange<Double>) -> SettingsValue { quantity(.angle, range) }
    /// A length in metres: `150 m`.
    public static func metres(_ range: ClosedRange<Double>) -> SettingsValue { quantity(.length, range) }
    /// A length in pixels of the camera: `2.5 px`.
    public static func pixels(_ range: ClosedRange<Double>) -> SettingsValue { quantity(.pixels, range) }
}

extension SettingsValue where Value == Int {
    /// An amount of data in bytes: `2 GiB`, `500 MB`.
    public static func bytes(_ range: ClosedRange<Int>) -> SettingsValue {
        let quantity = SettingsValue<Double>.quantity(.dataSize, Double(range.lowerBound)...Double(range.upperBound))
        return SettingsValue(placeholder: range.lowerBound) { text, isQuoted throws(SettingsFault) in
            let value = try quantity.parse(text, isQuoted).rounded()
            return Int(exactly: value) ?? range.upperBound
        }
    }

    /// A whole number of pixels of the camera: `64 px`.
    public static func wholePixels(_ range: ClosedRange<Int>) -> SettingsValue {
        let quantity = SettingsValue<Double>.pixels(Double(range.lowerBound)...Double(range.upperBound))
        return SettingsValue(placeholder: range.lowerBound) { text, isQuoted throws(SettingsFault) in
            guard let value = Int(exactly: try quantity.parse(text, isQuoted)) else {
                throw SettingsFault("\(quoted(text)) is not a whole number of pixels")
            }
            return value
        }
    }
}
