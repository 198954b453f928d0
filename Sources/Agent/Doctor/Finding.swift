// SPDX-License-Identifier: Apache-2.0

import JSON

/// What the doctor has found out about one thing.
public struct Finding: Sendable, Hashable {
    /// How bad it is.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// As it should be.
        case ok
        /// The station works, but not as well as it could, or something will go wrong.
        case warning
        /// The station does not work like this.
        case failed
    }

    /// What was looked at, in a word: `camera`.
    public var subject: String
    /// How bad it is.
    public var verdict: Verdict
    /// What was found, a sentence without a full stop.
    public var message: String
    /// What to do; nil if nothing is to be done.
    public var remedy: String?

    /// Something as it should be.
    static func ok(_ subject: String, _ message: String) -> Finding {
        Finding(subject: subject, verdict: .ok, message: message)
    }

    /// Something that could be better.
    static func warning(_ subject: String, _ message: String, remedy: String) -> Finding {
        Finding(subject: subject, verdict: .warning, message: message, remedy: remedy)
    }

    /// Something that has to be put right.
    static func failed(_ subject: String, _ message: String, remedy: String) -> Finding {
        Finding(subject: subject, verdict: .failed, message: message, remedy: remedy)
    }

    /// For people: `warning  clock: not synchronised (install chrony)`.
    public var text: String {
        let mark = verdict.rawValue + String(repeating: " ", count: 9 - verdict.rawValue.count)
        return "\(mark)\(subject): \(message)" + (remedy.map { " (\($0))" } ?? "")
    }

    /// For programs: one object with `subject`, `verdict`, `message` and `remedy`, null if there is none.
    public var json: String {
        JSONText.object([
            ("subject", .string(subject)), ("verdict", .string(verdict.rawValue)), ("message", .string(message)),
            ("remedy", .string(remedy)),
        ]).description
    }
}
