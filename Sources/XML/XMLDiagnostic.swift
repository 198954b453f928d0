// SPDX-License-Identifier: Apache-2.0

/// One remark about one place of a document.
public struct XMLDiagnostic: Sendable, Hashable, CustomStringConvertible {
    /// Line, from 1; 0 where the remark is about the whole.
    public var line: Int
    /// Column in characters, from 1; 0 where the remark is about the whole.
    public var column: Int
    /// What is there, in words, without a full stop.
    public var message: String

    /// A remark from its parts.
    public init(line: Int, column: Int, message: String) {
        self.line = line
        self.column = column
        self.message = message
    }

    /// `line:column: message`, or the message alone if it is about the whole.
    public var description: String { line > 0 ? "\(line):\(column): \(message)" : message }
}
