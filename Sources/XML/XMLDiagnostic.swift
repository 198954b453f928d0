// SPDX-License-Identifier: Apache-2.0

/// One remark about one place of a document.
public struct XMLDiagnostic: Sendable, Hashable, CustomStringConvertible {
    /// Line, from 1; 0 where the remark is about the whole.
    public var line: Int
    /// Column in characters, from 1; 0 where the remark is about the whole.
    public var column: Int
    /// What is there, in words, without a full stop; at most `maximumMessageLength` characters.
    public var message: String

    /// Characters (Unicode scalars) of the longest message: one may quote a name or an address of a stranger, which can
    /// be as long as the document.
    public static let maximumMessageLength = 500

    /// A remark from its parts.
    public init(line: Int, column: Int, message: String) {
        self.line = line
        self.column = column
        self.message = XMLDiagnostic.bounded(message)
    }

    /// A message cut to `maximumMessageLength`.
    public static func bounded(_ message: String) -> String {
        guard message.utf8.count > maximumMessageLength, message.unicodeScalars.count > maximumMessageLength else {
            return message
        }
        return String(String.UnicodeScalarView(message.unicodeScalars.prefix(maximumMessageLength - 1))) + "…"
    }

    /// `line:column: message`, or the message alone if it is about the whole.
    public var description: String { line > 0 ? "\(line):\(column): \(message)" : message }
}
