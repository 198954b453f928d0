// SPDX-License-Identifier: Apache-2.0

/// Why no disk was found in an image, as the end of a sentence.
public struct LimbFitError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The image has too few edges.
        public static let noEdges = Code(rawValue: "no-edges")
        /// No outline of the right shape agrees with the edges.
        public static let noOutline = Code(rawValue: "no-outline")
        /// Too little of the limb is seen to say where the disk's centre is.
        public static let tooLittleLimb = Code(rawValue: "too-little-limb")
    }

    /// Kind of failure.
    public let code: Code
    /// What is wrong, in one sentence without a full stop.
    public let message: String

    /// The message.
    public var description: String { message }
}
