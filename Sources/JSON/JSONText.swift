// SPDX-License-Identifier: Apache-2.0

/// JSON to be printed, on one line, members in the order given, so that lines of one kind look alike.
///
/// Foundation's encoder sorts or shuffles the members; what programs read by key, people read by place.
///
/// - Reference: RFC 8259.
public indirect enum JSONText: Sendable, CustomStringConvertible {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A whole number.
    case integer(Int)
    /// A number in its shortest form; what is not finite becomes `null`.
    case number(Double)
    /// A text.
    case string(String)
    /// Values in order.
    case array([JSONText])
    /// Members in order; the caller sees to it that no name is there twice.
    case object([(String, JSONText)])

    /// The JSON on one line.
    public var description: String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value): JSONText.decimal(value)
        case .string(let value): JSONText.quoted(value)
        case .array(let elements): "[" + elements.map(\.description).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { JSONText.quoted($0) + ": " + $1.description }.joined(separator: ", ") + "}"
        }
    }

    /// A number that may be missing.
    public static func number(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }
    /// A text that may be missing.
    public static func string(_ value: String?) -> JSONText { value.map { .string($0) } ?? .null }

    private static func decimal(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        // Whole numbers without `.0`, as people write them.
        if let whole = Int(exactly: value), abs(value) < 1e15 { return String(whole) }
        return "\(value)"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..<"\u{20}", "\u{7f}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
