// SPDX-License-Identifier: Apache-2.0

public import Propagation
public import UTC

/// What is expected at a planet: the predicted series and the intervals that were announced of it.
///
/// The centre writes it anew with every round; boxes at telescopes keep the last one.
public struct Forecast: Sendable, Hashable {
    /// An interval, and the event that announced it.
    public struct Interval: Sendable, Hashable {
        /// When, and how much.
        public var interval: WindInterval
        /// Identifier of the newest event about it; nil if nobody has published one.
        public var ivorn: String?

        /// An interval from its parts.
        public init(_ interval: WindInterval, ivorn: String?) {
            self.interval = interval
            self.ivorn = ivorn
        }
    }

    /// The wind hour by hour.
    public var series: PredictedWind
    /// What was searched for.
    public var search: IntervalSearch
    /// When it was made.
    public var issued: UTCInstant
    /// Time of the newest measurement that it rests on; nil if unknown.
    public var measuredUntil: UTCInstant?
    /// The intervals, in the order of their begin.
    public var intervals: [Interval]

    /// A forecast from its parts.
    public init(
        series: PredictedWind, search: IntervalSearch, issued: UTCInstant, measuredUntil: UTCInstant?,
        intervals: [Interval]
    ) {
        self.series = series
        self.search = search
        self.issued = issued
        self.measuredUntil = measuredUntil
        self.intervals = intervals.sorted { $0.interval.start < $1.interval.start }
    }
}
