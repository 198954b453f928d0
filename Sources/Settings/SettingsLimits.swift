// SPDX-License-Identifier: Apache-2.0

/// How large a configuration file may be. What exceeds a limit costs one message and no memory.
public struct SettingsLimits: Sendable, Hashable {
    /// Bytes of the file.
    public var bytes: Int
    /// Sections and lists within each other.
    public var depth: Int
    /// Keys, values, sections and lists together.
    public var nodes: Int

    /// Limits far above what a person writes by hand: 1 MiB, 32 levels, 20 000 nodes.
    public init(bytes: Int = 1 << 20, depth: Int = 32, nodes: Int = 20_000) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
    }
}
