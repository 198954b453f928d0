// SPDX-License-Identifier: Apache-2.0

public import UTC

/// What a round did, for logs, for people and for health.
public struct RoundReport: Sendable, Hashable {
    /// What came of one feed.
    public struct FeedLine: Sendable, Hashable {
        /// Name of the feed.
        public var name: String
        /// Measurements that were read; nil if it had not changed or could not be read.
        public var measurements: Int?
        /// Why it could not be fetched or read; nil if it could.
        public var failure: String?
        /// When it was fetched the last time.
        public var fetched: UTCInstant?
    }

    /// What came of one rule.
    public struct RuleLine: Sendable, Hashable {
        /// Name of the rule.
        public var name: String
        /// Intervals that were found.
        public var intervals = 0
        /// Events that were written.
        public var announced = 0, superseded = 0, retracted = 0
        /// Predictions that are over, and such as were not found this time.
        public var closed = 0, missed = 0
        /// Why there is no prediction; nil if there is one. Earlier ones stay as they are then.
        public var failure: String?
    }

    /// When the round began.
    public var time: UTCInstant
    /// The feeds.
    public var feeds: [FeedLine] = []
    /// The rules.
    public var rules: [RuleLine] = []
    /// Events that the broker took.
    public var published = 0
    /// Why events wait that are written; nil if none does.
    public var blockage: String?
    /// Time of the newest measurement; nil if there is none.
    public var newestMeasurement: UTCInstant?

    init(time: UTCInstant) { self.time = time }

    /// True if everything went well.
    public var isGood: Bool {
        feeds.allSatisfy { $0.failure == nil } && rules.allSatisfy { $0.failure == nil } && blockage == nil
    }

    /// The report, a line each, as a command prints it.
    public var lines: [String] {
        let last = "published: \(published)" + (blockage.map { "; waiting: \($0)" } ?? "")
        return feeds.map(\.text) + rules.map(\.text) + [last]
    }
}

extension RoundReport.FeedLine {
    var text: String {
        if let failure { return "feed \(name): \(failure)" }
        return "feed \(name): " + (measurements.map { "\($0) measurements" } ?? "nothing new")
    }
}

extension RoundReport.RuleLine {
    var text: String {
        if let failure { return "rule \(name): \(failure)" }
        return
            "rule \(name): \(intervals) intervals; \(announced) new, \(superseded) changed, \(retracted) taken back, "
            + "\(closed) over, \(missed) not found this time"
    }
}
