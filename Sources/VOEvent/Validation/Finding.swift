// SPDX-License-Identifier: Apache-2.0
import XML

/// One thing that a validator says about a packet.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    /// How much it matters.
    public enum Severity: String, Sendable, Hashable {
        /// The packet is not XML, not a VOEvent, or breaks the schema of its version.
        case error
        /// The schema lets it pass, but the text of the standard, or brokers in use, do not.
        case warning
    }

    /// How much it matters.
    public var severity: Severity
    /// Line, from 1; 0 where it is about the whole.
    public var line: Int
    /// Column in characters, from 1; 0 where it is about the whole.
    public var column: Int
    /// What is the matter, in words, without a full stop; at most `XMLDiagnostic.maximumMessageLength` characters.
    public var message: String

    /// A finding from its parts.
    public init(_ severity: Severity, line: Int, column: Int, message: String) {
        self.severity = severity
        self.line = line
        self.column = column
        self.message = XMLDiagnostic.bounded(message)
    }

    /// `line:column: error: message`.
    public var description: String { "\(line):\(column): \(severity.rawValue): \(message)" }

    /// A text from the packet as it may stand in a message: at most 80 characters, nothing that moves a terminal's
    /// cursor.
    static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(81).map { scalar -> Unicode.Scalar in
            scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar
        }
        var shown = String.UnicodeScalarView(scalars.prefix(80))
        if scalars.count > 80 { shown.append("…") }
        return "\"\(String(shown))\""
    }
}
