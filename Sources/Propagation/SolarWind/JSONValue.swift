// SPDX-License-Identifier: Apache-2.0

/// JSON as it was read.
///
/// - Reference: RFC 8259.
enum JSONValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The number, also one in a text, as the older files have them; nil for anything else and what is not finite.
    var number: Double? {
        switch self {
        case .number(let value): value.isFinite ? value : nil
        case .string(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }

    /// True for `true` alone.
    var isTrue: Bool { self == .boolean(true) }

    /// Reads a whole text; arrays and objects may be nested 16 deep.
    ///
    /// - Throws: `malformed` with the line.
    static func parse(_ bytes: [UInt8], name: String) throws(PropagationError) -> JSONValue {
        var scanner = Scanner(bytes: bytes, name: name)
        let value = try scanner.value(depth: 0)
        scanner.skipBlanks()
        guard scanner.position == bytes.count else { throw scanner.failure("there is text after the end") }
        return value
    }

    private struct Scanner {
        let bytes: [UInt8]
        let name: String
        var position = 0

        var next: UInt8? { position < bytes.count ? bytes[position] : nil }

        func failure(_ message: String) -> PropagationError {
            let line = 1 + bytes[..<min(position, bytes.count)].count { $0 == UInt8(ascii: "\n") }
            let isEnd = position >= bytes.count
            return PropagationError(
                .malformed, place: "\(name):\(line)", message: isEnd ? "the JSON ends early" : "\(message) in the JSON",
                remedy: isEnd ? "fetch the file again" : nil)
        }

        mutating func skipBlanks() {
            while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
        }

        mutating func take(_ byte: Unicode.Scalar) -> Bool {
            skipBlanks()
            guard let here = next, UInt32(here) == byte.value else { return false }
            position += 1
            return true
        }

        mutating func value(depth: Int) throws(PropagationError) -> JSONValue {
            guard depth <= 16 else { throw failure("too deep a nesting") }
            skipBlanks()
            guard let byte = next else { throw failure("") }
            switch byte {
            case UInt8(ascii: "["):
                position += 1
                var elements: [JSONValue] = []
                if take("]") { return .array(elements) }
                repeat { elements.append(try value(depth: depth + 1)) } while take(",")
                guard take("]") else { throw failure("a comma or ] is missing") }
                return .array(elements)
            case UInt8(ascii: "{"):
                position += 1
                var members: [String: JSONValue] = [:]
                if take("}") { return .object(members) }
                repeat {
                    skipBlanks()
                    let key = try string()
                    guard take(":") else { throw failure("a colon is missing") }
                    members[key] = try value(depth: depth + 1)
                } while take(",")
                guard take("}") else { throw failure("a comma or } is missing") }
                return .object(members)
            case UInt8(ascii: "\""): return .string(try string())
            default: return try word()
            }
        }

        mutating func string() throws(PropagationError) -> String {
            guard next == UInt8(ascii: "\"") else { throw failure("a text is missing") }
            position += 1
            var content: [UInt8] = []
            while let byte = next {
                position += 1
                switch byte {
                case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
                case UInt8(ascii: "\\"):
                    // Names and times of these files have no escapes; what they would mean is of no interest.
                    content.append(UInt8(ascii: "?"))
                    position += 1
                default: content.append(byte)
                }
            }
            throw failure("")
        }

        mutating func word() throws(PropagationError) -> JSONValue {
            let start = position
            while let byte = next, !"[]{},:\"".utf8.contains(byte), byte > 0x20 { position += 1 }
            let text = String(decoding: bytes[start..<position], as: UTF8.self)
            switch text {
            case "null", "NaN": return .null
            case "true": return .boolean(true)
            case "false": return .boolean(false)
            default:
                guard let number = Double(text) else {
                    position = start
                    throw failure("\"\(text.prefix(24))\" is no value")
                }
                return .number(number)
            }
        }
    }
}
