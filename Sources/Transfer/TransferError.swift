// SPDX-License-Identifier: Apache-2.0

/// Why a resource could not be fetched.
public struct TransferError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// It could not be fetched.
        public static let unreachable = Code(rawValue: "unreachable")
        /// It is larger than it may be.
        public static let tooLarge = Code(rawValue: "too-large")
    }

    /// Kind of failure.
    public let code: Code
    /// The address.
    public let place: String
    /// What happened, in one sentence without a full stop.
    public let message: String

    /// An error from its parts.
    public init(_ code: Code, place: String, message: String) {
        self.code = code
        self.place = place
        self.message = message
    }

    /// `place: message`, as a command prints it.
    public var description: String { "\(place): \(message)" }
}
