// SPDX-License-Identifier: Apache-2.0

/// Earlier packets that a packet is about.
public struct Citations: Sendable, Hashable {
    /// The packets.
    public var events: [Citation]
    /// A text about why they are cited.
    public var description: String?

    /// Citations; the schema wants at least one.
    public init(_ events: [Citation], description: String? = nil) {
        self.events = events
        self.description = description
    }
}

/// One packet that is cited.
public struct Citation: Sendable, Hashable {
    /// What the citing packet does to the cited one.
    public struct Kind: RawRepresentable, Sendable, Hashable {
        /// The kind as written.
        public let rawValue: String
        /// A kind by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// It says more about the same event.
        public static let followup = Kind(rawValue: "followup")
        /// It replaces it.
        public static let supersedes = Kind(rawValue: "supersedes")
        /// It takes it back.
        public static let retraction = Kind(rawValue: "retraction")

        /// The kinds of the standard, in its order.
        public static let standard: [Kind] = [.followup, .supersedes, .retraction]
    }

    /// Identifier of the cited packet.
    public var ivorn: String
    /// What is done to it; nil if the packet does not say, which the schema allows and the text does not.
    public var kind: Kind?

    /// A citation.
    public init(_ ivorn: String, kind: Kind?) {
        self.ivorn = ivorn
        self.kind = kind
    }
}
