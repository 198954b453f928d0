// SPDX-License-Identifier: Apache-2.0

public import Ephemeris
public import Propagation

/// What is watched for at one planet: a condition on the predicted solar wind, and when it is worth an event.
public struct AlertRule: Sendable, Hashable {
    /// Name of the rule, part of the events' identifiers: letters, digits, `-` and `_`.
    public var name: String
    /// Where.
    public var target: Planet
    /// What the model knows.
    public var mode: PropagationMode
    /// What must hold, and how intervals are cut.
    public var search: IntervalSearch
    /// How far a prediction may move before it is published anew.
    public var tolerance = PredictionTolerance()
    /// Days ahead of now that are searched.
    public var daysAhead = 14.0

    /// A rule with the usual tolerance and reach.
    public init(name: String, target: Planet, mode: PropagationMode = .tao, search: IntervalSearch) {
        self.name = name
        self.target = target
        self.mode = mode
        self.search = search
    }
}
