// SPDX-License-Identifier: Apache-2.0

/// Why a configuration file cannot be used: every mistake in it, in the order of the file.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file, as it was named.
    public let file: String
    /// The mistakes, by line and column; never empty, and cut after `maximumMistakes`.
    public let mistakes: [ConfigurationMistake]

    /// How many mistakes an error lists; nobody reads more, and a hostile file could hold a million.
    public static let maximumMistakes = 200

    /// An error from the mistakes found in `file`, in any order.
    public init(file: String, mistakes: [ConfigurationMistake]) {
        self.file = file
        let sorted = mistakes.sorted { ($0.place, $0.key) < ($1.place, $1.key) }
        self.mistakes = Array(sorted.prefix(Self.maximumMistakes))
    }

    /// One line for each mistake: `file:line:column: error: key: message (remedy)`.
    public var description: String {
        mistakes.map { "\(file):\($0)" }.joined(separator: "\n")
    }
}
