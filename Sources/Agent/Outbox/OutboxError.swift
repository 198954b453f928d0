// SPDX-License-Identifier: Apache-2.0

/// What went wrong with the outbox: where, what, and what to do.
public struct OutboxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// There is no such entry.
        public static let notFound = Code(rawValue: "not-found")
        /// The name belongs to another event, or its draft is still open.
        public static let nameInUse = Code(rawValue: "name-in-use")
        /// The text cannot be the name of an entry.
        public static let badName = Code(rawValue: "bad-name")
        /// The disk is full, and nothing is left that may go.
        public static let diskFull = Code(rawValue: "disk-full")
        /// The entry is not what was written; it was set aside.
        public static let damaged = Code(rawValue: "damaged")
        /// Another process delivers from this outbox.
        public static let locked = Code(rawValue: "locked")
        /// A file operation failed in the operating system.
        public static let inputOutput = Code(rawValue: "input-output")
    }

    /// Kind of failure.
    public let code: Code
    /// The file, directory or entry.
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
