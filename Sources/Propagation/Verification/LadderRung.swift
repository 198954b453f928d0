// SPDX-License-Identifier: Apache-2.0

/// One test of the solver against what is known, as curves to be drawn.
public struct LadderRung: Sendable {
    /// Points that belong together.
    public struct Curve: Sendable {
        /// Words for people.
        public let name: String
        /// True for what is known, false for what the solver made of it.
        public let isReference: Bool
        /// The points, x rising.
        public let points: [(x: Double, y: Double)]
    }

    /// Name for files, of letters and underscores.
    public let name: String
    /// Heading for people.
    public let title: String
    /// What the axes show.
    public let x: String, y: String
    /// Whether an axis is logarithmic: both of convergence, the second of errors over time.
    public let hasLogarithmicX: Bool, hasLogarithmicY: Bool
    /// The curves, those of reference first.
    public let curves: [Curve]
}
