// SPDX-License-Identifier: Apache-2.0

/// Why a document was not read as a packet, or a packet not written.
public struct VOEventError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The bytes are not XML that is accepted.
        public static let notReadable = Code(rawValue: "not-readable")
        /// The document is XML, but its root element is not VOEvent.
        public static let notVOEvent = Code(rawValue: "not-voevent")
        /// The packet would break the standard; nothing was written.
        public static let notValid = Code(rawValue: "not-valid")
    }

    /// Kind of failure.
    public let code: Code
    /// Line and column as `line:column`, or the identifier of the packet, or `document`.
    public let place: String
    /// Everything that is wrong, at least one sentence without a full stop.
    public let problems: [String]
    /// What can be done; nil where nothing helps.
    public let remedy: String?

    /// An error from its parts.
    public init(_ code: Code, place: String, problems: [String], remedy: String? = nil) {
        self.code = code
        self.place = place
        self.problems = problems.isEmpty ? [code.rawValue] : problems
        self.remedy = remedy
    }

    /// All problems in one sentence.
    public var message: String { problems.joined(separator: "; ") }

    /// `place: message (remedy)`, as a command prints it.
    public var description: String { "\(place): \(message)" + (remedy.map { " (\($0))" } ?? "") }
}
