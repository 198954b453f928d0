// SPDX-License-Identifier: Apache-2.0

extension SettingsValue where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    /// One of the words of an enumeration.
    public static func choice(_ type: Value.Type = Value.self) -> SettingsValue {
        let cases = Array(Value.allCases)
        precondition(!cases.isEmpty, "an enumeration without cases has no value to choose")
        let words = cases.map(\.rawValue)
        return SettingsValue(placeholder: cases[0]) { text, _ throws(SettingsFault) in
            guard let value = Value(rawValue: text) else {
                let meant = suggestion(for: text, among: words).map { "did you mean '\($0)'? " } ?? ""
                throw SettingsFault(
                    "\(quoted(text)) is not a choice", remedy: meant + "write " + words.joined(separator: ", "))
            }
            return value
        }
    }
}

extension SettingsValue where Value == Bool {
    /// `true` or `false`, unquoted. YAML's other words for them (`yes`, `on`, `True`) are explained, not accepted.
    public static var boolean: SettingsValue {
        SettingsValue(placeholder: false) { text, isQuoted throws(SettingsFault) in
            if !isQuoted, text == "true" || text == "false" { return text == "true" }
            let remedy =
                switch text.lowercased() {
                case "true", "yes", "on", "y", "1": "write true, without quotes and in small letters"
                case "false", "no", "off", "n", "0": "write false, without quotes and in small letters"
                default: "write true or false"
                }
            throw SettingsFault("\(quoted(text)) is neither true nor false", remedy: remedy)
        }
    }
}
