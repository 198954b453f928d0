// SPDX-License-Identifier: Apache-2.0

/// One argument for or against what an event is taken for.
public struct Reason: Sendable, Hashable, CustomStringConvertible {
    /// Stable name, for programs, for example `moves` or `sharper-than-point-spread`.
    public let code: String
    /// Code of an event that passed only because more false alarms than usual are put up with.
    public static let belowUsualThreshold = "below-usual-threshold"

    /// The argument with its figures, for people: one sentence with a full stop.
    public let sentence: String

    /// A reason from its code and its sentence.
    public init(code: String, sentence: String) {
        self.code = code
        self.sentence = sentence
    }

    /// The sentence.
    public var description: String { sentence }
}
