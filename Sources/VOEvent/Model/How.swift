// SPDX-License-Identifier: Apache-2.0

/// The instruments, in words and by reference.
public struct How: Sendable, Hashable {
    /// Texts.
    public var descriptions: [String]
    /// Things on the web.
    public var references: [EventReference]

    /// How something was seen.
    public init(descriptions: [String] = [], references: [EventReference] = []) {
        self.descriptions = descriptions
        self.references = references
    }
}
