// SPDX-License-Identifier: Apache-2.0

extension SettingsValue where Value == String {
    /// A line of text of `length` characters.
    public static func text(_ length: ClosedRange<Int> = 1...500) -> SettingsValue {
        SettingsValue(placeholder: "") { text, _ throws(SettingsFault) in
            guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
                throw SettingsFault("the text holds a line break, tab or control character", remedy: "write one line")
            }
            guard length.contains(text.count) else {
                throw SettingsFault(
                    "the text has \(text.count) characters",
                    remedy: "write between \(length.lowerBound) and \(length.upperBound)")
            }
            return text
        }
    }

    /// A name that becomes part of identifiers and file names: letters, digits, `-`, `_` and `.`, the first a letter
    /// or digit.
    public static func identifier(_ length: ClosedRange<Int> = 1...64) -> SettingsValue {
        SettingsValue(placeholder: "") { text, isQuoted throws(SettingsFault) in
            let value = try SettingsValue.text(length).parse(text, isQuoted)
            guard let first = value.utf8.first, isLetterOrDigit(first),
                value.utf8.allSatisfy({ isLetterOrDigit($0) || "-_.".utf8.contains($0) })
            else {
                throw SettingsFault(
                    "\(quoted(value)) cannot be part of an identifier",
                    remedy: "use the letters a to z, digits, '-', '_' and '.', and begin with a letter or digit")
            }
            return value
        }
    }

    /// A path of a file, directory or device. It is not looked at: what must exist is the business of who opens it.
    public static var path: SettingsValue {
        SettingsValue(placeholder: "") { text, isQuoted throws(SettingsFault) in
            let value = try SettingsValue.text(1...4095).parse(text, isQuoted)
            guard !value.hasPrefix("~") else {
                throw SettingsFault("'~' is known to the shell only", remedy: "write the whole path")
            }
            return value
        }
    }

    /// The name or the address of a computer in the network.
    public static var host: SettingsValue {
        SettingsValue(placeholder: "") { text, isQuoted throws(SettingsFault) in
            let value = try SettingsValue.text(1...253).parse(text, isQuoted)
            // Colons and '%' are for IPv6 addresses with a zone.
            guard value.utf8.allSatisfy({ isLetterOrDigit($0) || "-._:%".utf8.contains($0) }) else {
                throw SettingsFault(
                    "\(quoted(value)) is not the name or address of a computer",
                    remedy: "write only the host, such as broker.example.org or 192.0.2.7")
            }
            return value
        }
    }

    /// An e-mail address, checked only as far as a slip of the finger goes: one `@` with something on both sides.
    public static var emailAddress: SettingsValue {
        SettingsValue(placeholder: "") { text, isQuoted throws(SettingsFault) in
            let value = try SettingsValue.text(3...254).parse(text, isQuoted)
            let parts = value.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !value.contains(" ") else {
                throw SettingsFault("\(quoted(value)) is not an e-mail address", remedy: "write name@example.org")
            }
            return value
        }
    }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default: false
    }
}
