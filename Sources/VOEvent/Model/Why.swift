// SPDX-License-Identifier: Apache-2.0
import UTC

/// What the author thinks it was.
public struct Why: Sendable, Hashable {
    /// How important, 0...1; nil if not given, NaN if it is no number.
    public var importance: Double?
    /// After this time the packet is of no use to anyone, as written in ISO 8601.
    public var expires: String?
    /// Names of what it was, for people.
    public var names: [String]
    /// Concepts, from a vocabulary or in words.
    public var concepts: [String]
    /// Explanations with their probabilities.
    public var inferences: [Inference]
    /// Texts.
    public var descriptions: [String]
    /// Things on the web.
    public var references: [EventReference] = []

    /// An explanation.
    public init(
        importance: Double? = nil, expires: UTCInstant? = nil, names: [String] = [], concepts: [String] = [],
        inferences: [Inference] = [], descriptions: [String] = []
    ) {
        self.importance = importance
        self.expires = expires?.iso8601(fractionDigits: 0)
        self.names = names
        self.concepts = concepts
        self.inferences = inferences
        self.descriptions = descriptions
    }

    /// One explanation.
    public struct Inference: Sendable, Hashable {
        /// Probability that it is right, 0...1; nil if not given, NaN if it is no number.
        public var probability: Double?
        /// What it has to do with the event, for example `identified` or `associated`.
        public var relation: String?
        /// Names.
        public var names: [String]
        /// Concepts.
        public var concepts: [String]
        /// Texts.
        public var descriptions: [String]
        /// Things on the web.
        public var references: [EventReference] = []

        /// An explanation.
        public init(
            probability: Double? = nil, relation: String? = nil, names: [String] = [], concepts: [String] = [],
            descriptions: [String] = []
        ) {
            self.probability = probability
            self.relation = relation
            self.names = names
            self.concepts = concepts
            self.descriptions = descriptions
        }
    }
}
