// SPDX-License-Identifier: Apache-2.0

/// Why the camera's latency could not be measured, and what to do.
public struct TimingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The configuration has no timing light, or no camera with a clock.
        public static let notConfigured = Code(rawValue: "not-configured")
        /// The frames do not show the light.
        public static let lampNotSeen = Code(rawValue: "lamp-not-seen")
        /// The light saturates every pixel that shows it.
        public static let lampTooBright = Code(rawValue: "lamp-too-bright")
        /// The frames do not follow the light well enough to tell when they were taken.
        public static let noAgreement = Code(rawValue: "no-agreement")
        /// The result cannot be stored.
        public static let cannotStore = Code(rawValue: "cannot-store")
    }

    /// Kind of failure.
    public let code: Code
    /// What happened, in one sentence without a full stop.
    public let message: String
    /// What the operator can do.
    public let remedy: String

    /// An error from its parts.
    public init(_ code: Code, message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// `message (remedy)`, as a command prints it.
    public var description: String { "\(message) (\(remedy))" }

    static func lampNotSeen(_ reason: String) -> TimingError {
        TimingError(
            .lampNotSeen, message: "the timing light is not seen: \(reason)",
            remedy: "put it into the field of view, dim everything else, and look whether it blinks")
    }

    static let lampTooBright = TimingError(
        .lampTooBright, message: "the timing light saturates the camera", remedy: "dim it, or lower exposure or gain")

    static func noAgreement(_ reason: String) -> TimingError {
        TimingError(
            .noAgreement, message: "the frames do not follow the timing light: \(reason)",
            remedy: "let nothing else flicker in the field of view, and try again with more pulses")
    }
}
