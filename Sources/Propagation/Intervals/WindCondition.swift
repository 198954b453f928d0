// SPDX-License-Identifier: Apache-2.0

/// A condition on predicted quantities, as `pdyn > 0.1 nPa and v > 450 km/s`.
public struct WindCondition: Sendable, Hashable, CustomStringConvertible {
    /// A comparison of a quantity with a threshold.
    public struct Comparison: Sendable, Hashable {
        /// How they compare.
        public enum Relation: String, Sendable, Hashable {
            case greater = ">", atLeast = ">=", less = "<", atMost = "<="

            /// True if the quantity must be above.
            var isUpward: Bool { self == .greater || self == .atLeast }
        }

        /// What is compared.
        public let quantity: WindQuantity
        /// How.
        public let relation: Relation
        /// With what, in the unit of the quantity.
        public let threshold: Double

        /// The threshold at which the comparison ends once it holds.
        ///
        /// - Parameter hysteresis: part of the threshold, at most 1: 0.8 lets it go a fifth back.
        func releaseThreshold(hysteresis: Double) -> Double {
            let slack = (1 - hysteresis) * abs(threshold)
            return relation.isUpward ? threshold - slack : threshold + slack
        }

        /// Whether a value fulfils it with a threshold.
        func holds(_ value: Double, threshold: Double) -> Bool {
            switch relation {
            case .greater: value > threshold
            case .atLeast: value >= threshold
            case .less: value < threshold
            case .atMost: value <= threshold
            }
        }
    }

    indirect enum Node: Sendable, Hashable {
        case comparison(Int)
        case not(Node)
        case both(Node, Node)
        case either(Node, Node)
    }

    /// All comparisons in the order of the text.
    public let comparisons: [Comparison]
    let root: Node

    /// Reads a condition: comparisons of a quantity with a number and its unit, joined by `and`, `or`, `not` and brackets.
    /// A number without a unit is in the unit of the quantity.
    ///
    /// - Throws: `condition` with the place in the text.
    public init(_ text: String) throws(PropagationError) {
        var parser = ConditionParser(text)
        root = try parser.parse()
        comparisons = parser.comparisons
    }

    /// The condition with all units written out.
    public var description: String { text(root, isInner: false) }

    /// Whether it holds, given for each comparison whether that holds.
    func holds(_ comparison: (Int) -> Bool) -> Bool { WindCondition.holds(root, comparison) }

    private static func holds(_ node: Node, _ comparison: (Int) -> Bool) -> Bool {
        switch node {
        case .comparison(let index): comparison(index)
        case .not(let inner): !holds(inner, comparison)
        case .both(let a, let b): holds(a, comparison) && holds(b, comparison)
        case .either(let a, let b): holds(a, comparison) || holds(b, comparison)
        }
    }

    private func text(_ node: Node, isInner: Bool) -> String {
        switch node {
        case .comparison(let index):
            let item = comparisons[index]
            let unit = item.quantity.unit
            return "\(item.quantity.rawValue) \(item.relation.rawValue) \(item.threshold)"
                + (unit.isEmpty ? "" : " \(unit)")
        case .not(let inner): return "not \(text(inner, isInner: true))"
        case .both(let a, let b): return bracketed("\(text(a, isInner: true)) and \(text(b, isInner: true))", isInner)
        case .either(let a, let b): return bracketed("\(text(a, isInner: true)) or \(text(b, isInner: true))", isInner)
        }
    }

    private func bracketed(_ text: String, _ isInner: Bool) -> String { isInner ? "(\(text))" : text }
}
