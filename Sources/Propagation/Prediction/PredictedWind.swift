// SPDX-License-Identifier: Apache-2.0

/// A prediction: the wind at a target hour by hour, and how it was made.
public struct PredictedWind: Sendable, Hashable {
    /// Name of the target.
    public var target: String
    /// What the model knows.
    public var mode: PropagationMode
    /// The hours, rising.
    public var hours: [PredictedHour]
    /// How it was made, name and value in the order to be shown: mode, grid, version, input, counts.
    public var facts: [(name: String, value: String)] { list.map { ($0.name, $0.value) } }

    private var list: [Fact]

    private struct Fact: Sendable, Hashable {
        let name: String
        let value: String
    }

    /// Adds facts behind those that there are.
    public mutating func add(facts: [(name: String, value: String)]) {
        list += facts.map { Fact(name: $0.name, value: $0.value) }
    }

    /// A prediction from its parts.
    public init(
        target: String, mode: PropagationMode, hours: [PredictedHour], facts: [(name: String, value: String)]
    ) {
        self.target = target
        self.mode = mode
        self.hours = hours
        list = facts.map { Fact(name: $0.name, value: $0.value) }
    }
}
