// SPDX-License-Identifier: Apache-2.0

/// Makes one line of any text.
///
/// Log lines carry what cameras, brokers and files say. A line break in it would forge a second line, and a control
/// character would reach the operator's terminal.
enum SingleLine {
    /// The text with line breaks and control characters written as escapes.
    static func text(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where isControl(scalar): result += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The text, cut at a whole character and marked if it has more bytes than allowed.
    static func cut(_ text: String, bytes maximum: Int) -> String {
        guard text.utf8.count > maximum else { return text }
        var kept = ""
        var room = maximum - "…".utf8.count
        for scalar in text.unicodeScalars {
            room -= UTF8.width(scalar)
            if room < 0 { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept + "…"
    }

    /// A value for `key=value`: in quotes when it is empty or has blanks, quotes or equals signs.
    static func value(_ value: String) -> String {
        let line = text(value)
        guard line.isEmpty || line.unicodeScalars.contains(where: { $0 == " " || $0 == "\"" || $0 == "=" }) else {
            return line
        }
        var quoted = "\""
        for scalar in line.unicodeScalars {
            if scalar == "\"" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    /// C0, DEL and C1 controls, and the two line separators of Unicode.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || (0x2028...0x2029).contains(scalar.value)
    }
}
