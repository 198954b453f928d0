// SPDX-License-Identifier: Apache-2.0

import JSON
import Settings

/// What `psws-agent check-config` finds in a file.
public struct ConfigurationCheck: Sendable, Hashable {
    /// The file, as it was named.
    public let file: String
    /// Every mistake in it, in the order of the file; empty if the agent can run with it.
    public let mistakes: [ConfigurationMistake]
    /// What would keep the agent from running on this machine at the moment, a sentence each: GPIO lines that are
    /// missing or busy. The file may be right all the same.
    public let warnings: [String]

    /// Checks the file at `path`.
    ///
    /// - Parameter pinBoard: where GPIO lines are looked for.
    public init(path: String, pinBoard: any PinBoard = GPIOBoard()) {
        file = path
        do {
            warnings = PinCheck.problems(try AgentConfiguration.load(path).pins, board: pinBoard).map(\.description)
            mistakes = []
        } catch {
            mistakes = error.mistakes
            warnings = []
        }
    }

    /// True if the agent can run with the file.
    public var isValid: Bool { mistakes.isEmpty }

    /// For people: a line for each mistake, `file:line:column: error: key: message (remedy)`, or that there is none.
    /// Warnings come last, without a place.
    public var text: String {
        let result = isValid ? "\(file): OK" : mistakes.map { "\(file):\($0)" }.joined(separator: "\n")
        return ([result] + warnings.map { "\(file): warning: \($0)" }).joined(separator: "\n")
    }

    /// For programs: one JSON object with `file`, `valid` and `errors` (each `line`, `column`, `key`, `message`,
    /// `remedy`) and `warnings` (sentences).
    public var json: String {
        let errors = mistakes.map { mistake in
            JSONText.object([
                ("line", .integer(mistake.place.line)), ("column", .integer(mistake.place.column)),
                ("key", .string(mistake.key)), ("message", .string(mistake.message)),
                ("remedy", mistake.remedy.map { .string($0) } ?? .null),
            ])
        }
        return JSONText.object([
            ("file", .string(file)), ("valid", .boolean(isValid)), ("errors", .array(errors)),
            ("warnings", .array(warnings.map { .string($0) })),
        ]).description
    }
}
