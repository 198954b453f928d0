// SPDX-License-Identifier: Apache-2.0

import JSON
import Settings

/// What `psws-agent check-config` finds in a file.
public struct ConfigurationCheck: Sendable, Hashable {
    /// The file, as it was named.
    public let file: String
    /// Every mistake in it, in the order of the file; empty if the agent can run with it.
    public let mistakes: [ConfigurationMistake]

    /// Checks the file at `path`.
    public init(path: String) {
        file = path
        do {
            _ = try AgentConfiguration.load(path)
            mistakes = []
        } catch {
            mistakes = error.mistakes
        }
    }

    /// True if the agent can run with the file.
    public var isValid: Bool { mistakes.isEmpty }

    /// For people: a line for each mistake, `file:line:column: error: key: message (remedy)`, or that there is none.
    public var text: String {
        isValid ? "\(file): OK" : mistakes.map { "\(file):\($0)" }.joined(separator: "\n")
    }

    /// For programs: one JSON object with `file`, `valid` and `errors` (each `line`, `column`, `key`, `message`,
    /// `remedy`).
    public var json: String {
        let errors = mistakes.map { mistake in
            JSONText.object([
                ("line", .integer(mistake.place.line)), ("column", .integer(mistake.place.column)),
                ("key", .string(mistake.key)), ("message", .string(mistake.message)),
                ("remedy", mistake.remedy.map { .string($0) } ?? .null),
            ])
        }
        return JSONText.object([("file", .string(file)), ("valid", .boolean(isValid)), ("errors", .array(errors))])
            .description
    }
}
