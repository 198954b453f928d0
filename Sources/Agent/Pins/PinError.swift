// SPDX-License-Identifier: Apache-2.0

/// What went wrong with a GPIO line: which, what, and what to do.
public struct PinError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// There is no such chip or line.
        public static let missing = Code(rawValue: "missing")
        /// Another program has the line.
        public static let busy = Code(rawValue: "busy")
        /// The user may not open the chip.
        public static let forbidden = Code(rawValue: "forbidden")
        /// The chip cannot do what was asked, such as a pull-up resistor or reporting edges.
        public static let unsupported = Code(rawValue: "unsupported")
        /// The operating system failed in another way.
        public static let inputOutput = Code(rawValue: "input-output")
    }

    /// Kind of failure.
    public let code: Code
    /// The line, as it is addressed.
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

    /// The error of a line that serves as `purpose`, such as `pins.roof`.
    func of(_ purpose: String) -> PinError {
        PinError(code, place: "\(purpose), line \(place)", message: message, remedy: remedy)
    }
}
