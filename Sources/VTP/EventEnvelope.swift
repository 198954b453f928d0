// SPDX-License-Identifier: Apache-2.0

/// What the wire needs to know of an event: the outside of the letter.
public struct EventEnvelope: Sendable, Hashable {
    /// The event's identifier, as written; empty if it has none.
    public let ivorn: String
    /// `observation`, `prediction`, `utility` or `test` as written; `observation` where it is left out.
    public let role: String
    /// Version of VOEvent as written, for example `2.0`; empty if it has none.
    public let version: String
    /// Where the VOEvent element stands in the packet, from its `<` to its last `>`.
    public let rootRange: Range<Int>

    /// An envelope from its parts.
    public init(ivorn: String, role: String, version: String, rootRange: Range<Int>) {
        self.ivorn = ivorn
        self.role = role
        self.version = version
        self.rootRange = rootRange
    }
}
