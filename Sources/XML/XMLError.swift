// SPDX-License-Identifier: Apache-2.0

/// Why a document was not read, not written, or not filtered.
public struct XMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The bytes are not well-formed XML.
        public static let notWellFormed = Code(rawValue: "not-well-formed")
        /// The encoding is unknown, or the bytes do not follow it.
        public static let encoding = Code(rawValue: "encoding")
        /// A limit of `XMLLimits` was passed.
        public static let limit = Code(rawValue: "limit")
        /// The document refers to an entity it declares; entities are not accepted.
        public static let entityReference = Code(rawValue: "entity-reference")
        /// What should be written cannot stand in an XML document.
        public static let notWritable = Code(rawValue: "not-writable")
        /// The XPath expression is wrong or too long.
        public static let expression = Code(rawValue: "expression")
        /// The machine had no memory for it.
        public static let memory = Code(rawValue: "memory")
    }

    /// Kind of failure.
    public let code: Code
    /// Everything that was found, at least one remark, in the order of the document.
    public let diagnostics: [XMLDiagnostic]
    /// What can be done; nil where nothing helps.
    public let remedy: String?

    /// An error with several remarks; an empty list is filled with the name of the code.
    public init(_ code: Code, diagnostics: [XMLDiagnostic], remedy: String? = nil) {
        self.code = code
        self.diagnostics =
            diagnostics.isEmpty ? [XMLDiagnostic(line: 0, column: 0, message: code.rawValue)] : diagnostics
        self.remedy = remedy
    }

    /// An error with one remark.
    public init(_ code: Code, line: Int = 0, column: Int = 0, message: String, remedy: String? = nil) {
        self.init(code, diagnostics: [XMLDiagnostic(line: line, column: column, message: message)], remedy: remedy)
    }

    /// Line and column of the first remark as `line:column`; `document` if it is about the whole.
    public var place: String {
        guard let first = diagnostics.first, first.line > 0 else { return "document" }
        return "\(first.line):\(first.column)"
    }

    /// The first remark, without its place.
    public var message: String { diagnostics.first?.message ?? code.rawValue }

    /// `place: message (remedy)`, as a command prints it.
    public var description: String { "\(place): \(message)" + (remedy.map { " (\($0))" } ?? "") }
}
