// SPDX-License-Identifier: Apache-2.0

/// What went wrong with a prediction alert: where, what, and what to do.
public struct AlertError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A feed could not be fetched.
        public static let unreachable = Code(rawValue: "unreachable")
        /// A feed is nothing that is known, or damaged.
        public static let malformed = Code(rawValue: "malformed")
        /// A feed is larger than it may be.
        public static let tooLarge = Code(rawValue: "too-large")
        /// The store of measurements and predictions cannot be opened, read or written.
        public static let storage = Code(rawValue: "storage")
        /// The broker refuses an event.
        public static let refused = Code(rawValue: "refused")
    }

    /// Kind of failure.
    public let code: Code
    /// The feed, the file or the rule.
    public let place: String
    /// What happened, in one sentence without a full stop.
    public let message: String
    /// What the operator can do; nil where nothing helps.
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
