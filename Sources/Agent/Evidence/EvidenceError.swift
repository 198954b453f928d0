// SPDX-License-Identifier: Apache-2.0

/// Why evidence was not written: where, what, and what to do.
public struct EvidenceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A file cannot be written.
        public static let cannotWrite = Code(rawValue: "cannot-write")
        /// The disk is full.
        public static let diskFull = Code(rawValue: "disk-full")
        /// A file cannot be made from what the event says.
        public static let impossible = Code(rawValue: "impossible")
    }

    /// Kind of failure.
    public let code: Code
    /// The file.
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
