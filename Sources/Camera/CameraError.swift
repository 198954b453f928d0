// SPDX-License-Identifier: Apache-2.0

/// What went wrong with a camera or a recording: where, what, and what to do.
public struct CameraError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The file or device does not exist or may not be opened.
        public static let cannotOpen = Code(rawValue: "cannot-open")
        /// The content is not a recording that PSWS reads.
        public static let unknownFormat = Code(rawValue: "unknown-format")
        /// The recording says something impossible or contradicts itself.
        public static let damaged = Code(rawValue: "damaged")
        /// The recording ends in the middle of a frame.
        public static let truncated = Code(rawValue: "truncated")
        /// The recording is whole but uses something that PSWS does not support.
        public static let unsupported = Code(rawValue: "unsupported")
        /// A size is above the limit.
        public static let tooLarge = Code(rawValue: "too-large")
        /// Reading or writing failed in the operating system.
        public static let inputOutput = Code(rawValue: "input-output")
        /// The camera is gone.
        public static let disconnected = Code(rawValue: "disconnected")
        /// The camera gave no frame in time.
        public static let stalled = Code(rawValue: "stalled")
        /// The camera began to send another format.
        public static let formatChanged = Code(rawValue: "format-changed")
        /// The camera gave the same frame again and again.
        public static let frozen = Code(rawValue: "frozen")
        /// The user may not use the device.
        public static let forbidden = Code(rawValue: "forbidden")
        /// Another program uses the camera.
        public static let busy = Code(rawValue: "busy")
    }

    /// Kind of failure.
    public let code: Code
    /// The file or device, with the frame or byte where that helps.
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
