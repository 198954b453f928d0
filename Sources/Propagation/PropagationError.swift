// SPDX-License-Identifier: Apache-2.0

/// Why the solar wind cannot be propagated or searched: where, what, and what to do.
public struct PropagationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A file is in no known format.
        public static let unknownFormat = Code(rawValue: "unknown-format")
        /// A line or a value of a file cannot be read.
        public static let malformed = Code(rawValue: "malformed")
        /// A file holds no usable measurement, or none for the time that is asked for.
        public static let noData = Code(rawValue: "no-data")
        /// A condition cannot be understood.
        public static let condition = Code(rawValue: "condition")
        /// A setting lies outside its range.
        public static let impossibleValue = Code(rawValue: "impossible-value")
        /// The computation gave numbers that are not finite.
        public static let unstable = Code(rawValue: "unstable")
    }

    /// Kind of failure.
    public let code: Code
    /// File and line, or the setting concerned.
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
