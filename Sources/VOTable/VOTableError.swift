// SPDX-License-Identifier: Apache-2.0

/// Why a table cannot be written: where, what, and what to do.
public struct VOTableError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Something that must be there is not.
        public static let missing = Code(rawValue: "missing")
        /// The columns of a table have different lengths.
        public static let unequalLengths = Code(rawValue: "unequal-lengths")
        /// An identifier is not an XML name, is used twice, or is referred to and not there.
        public static let identifier = Code(rawValue: "identifier")
        /// A unit does not follow VOUnits.
        public static let unit = Code(rawValue: "unit")
        /// A content descriptor does not follow UCD1+.
        public static let ucd = Code(rawValue: "ucd")
        /// A text holds characters that XML cannot.
        public static let notWritable = Code(rawValue: "not-writable")
    }

    /// Kind of failure.
    public let code: Code
    /// The table, column or element.
    public let place: String
    /// What happened, in one sentence without a full stop.
    public let message: String
    /// What can be done; nil where nothing helps.
    public let remedy: String?

    /// An error from its parts.
    public init(_ code: Code, place: String, message: String, remedy: String? = nil) {
        self.code = code
        self.place = place
        self.message = message
        self.remedy = remedy
    }

    /// `place: message (remedy)`, as a command prints it.
    public var description: String { "\(place): \(message)" + (remedy.map { " (\($0))" } ?? "") }
}
