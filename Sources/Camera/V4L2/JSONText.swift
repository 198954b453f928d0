// SPDX-License-Identifier: Apache-2.0

/// JSON to be printed, on one line, members in the order given.
///
/// - Reference: RFC 8259.
indirect enum JSONText: CustomStringConvertible {
    case null
    case boolean(Bool)
    case integer(Int)
    /// A number with at most two decimals; what is not finite becomes `null`.
    case number(Double)
    case string(String)
    case array([JSONText])
    case object([(String, JSONText)])

    var description: String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value): value.isFinite ? shortDecimal(value) : "null"
        case .string(let value): JSONText.quoted(value)
        case .array(let elements): "[" + elements.map(\.description).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { JSONText.quoted($0) + ":" + $1.description }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\u{0}"..."\u{1f}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
