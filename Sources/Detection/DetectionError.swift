// SPDX-License-Identifier: Apache-2.0

/// Why a detector cannot be made: where, what, and what to do.
public struct DetectionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of mistake, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A setting lies outside its range.
        public static let impossibleValue = Code(rawValue: "impossible-value")
        /// The exclusion mask does not have the size of the frames.
        public static let maskSize = Code(rawValue: "mask-size")
        /// The frames are too small to hold a point spread and its surroundings.
        public static let frameTooSmall = Code(rawValue: "frame-too-small")
    }

    /// Kind of mistake.
    public let code: Code
    /// The setting concerned.
    public let place: String
    /// What is wrong, in one sentence without a full stop.
    public let message: String
    /// What to do about it; nil where nothing helps.
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
