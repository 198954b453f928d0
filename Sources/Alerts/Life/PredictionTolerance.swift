// SPDX-License-Identifier: Apache-2.0

/// How far a prediction may move before it counts as changed, and how it is known again.
///
/// Arrival times of a propagation from 1 AU are good to half a day at Jupiter; what moves less is the same prediction.
public struct PredictionTolerance: Sendable, Hashable {
    /// Hours by which begin or end may move from what was published.
    public var hours = 6.0
    /// Part of the published peak by which the peak may change.
    public var peakShare = 0.3
    /// Intervals of two runs are the same if at most this many hours lie between them.
    public var sameWithinHours = 12.0
    /// Runs in a row without it after which a prediction is taken back: one run may lack it for a gap in the data.
    public var runsUntilRetraction = 2

    /// The usual tolerance.
    public init() {}
}
