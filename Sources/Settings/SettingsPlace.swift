// SPDX-License-Identifier: Apache-2.0

/// A place in a configuration file, as editors count: the first character of a file is line 1, column 1.
public struct SettingsPlace: Sendable, Hashable, Comparable {
    /// Line, from 1.
    public let line: Int
    /// Column in characters (Unicode scalars), from 1.
    public let column: Int

    /// A place by its line and column, both from 1.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Where every file begins.
    public static let start = SettingsPlace(line: 1, column: 1)

    /// True if `left` stands earlier in the file.
    public static func < (left: SettingsPlace, right: SettingsPlace) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
