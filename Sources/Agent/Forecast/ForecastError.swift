// SPDX-License-Identifier: Apache-2.0

/// Why there is no forecast: where, what, and what to do.
public struct ForecastError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The configuration asks for none.
        public static let notConfigured = Code(rawValue: "not-configured")
        /// There is none yet.
        public static let notFound = Code(rawValue: "not-found")
        /// The centre cannot be reached.
        public static let unreachable = Code(rawValue: "unreachable")
        /// What came, or what is stored, is no forecast of the target.
        public static let malformed = Code(rawValue: "malformed")
        /// The box has nothing to predict from, or the computation failed.
        public static let unpredictable = Code(rawValue: "unpredictable")
        /// A file cannot be read or written.
        public static let storage = Code(rawValue: "storage")
    }

    /// Kind of failure.
    public let code: Code
    /// The file, the address or the setting.
    public let place: String
    /// What happened, in one sentence without a full stop.
    public let message: String
    /// What the operator can do; nil where nothing helps.
    public let remedy: String?

    init(_ code: Code, place: String, message: String, remedy: String? = nil) {
        self.code = code
        self.place = place
        self.message = message
        self.remedy = remedy
    }

    /// `place: message (remedy)`, as a command prints it.
    public var description: String { "\(place): \(message)" + (remedy.map { " (\($0))" } ?? "") }
}
