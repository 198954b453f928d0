// SPDX-License-Identifier: Apache-2.0

public import Propagation

/// A prediction that subscribers know of: one interval through all its revisions.
public struct PublishedPrediction: Sendable, Hashable {
    /// Number of the prediction, never used twice.
    public var number: Int64
    /// Name of its rule.
    public var rule: String
    /// 1 for the first event about it, one more for each that supersedes.
    public var revision: Int
    /// Identifier of the newest event about it.
    public var ivorn: String
    /// The interval as it was published last.
    public var interval: WindInterval
    /// Runs in a row that did not find it.
    public var missedRuns = 0

    /// A prediction from its parts.
    public init(number: Int64, rule: String, revision: Int, ivorn: String, interval: WindInterval, missedRuns: Int = 0)
    {
        self.number = number
        self.rule = rule
        self.revision = revision
        self.ivorn = ivorn
        self.interval = interval
        self.missedRuns = missedRuns
    }
}
