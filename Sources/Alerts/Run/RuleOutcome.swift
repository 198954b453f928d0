// SPDX-License-Identifier: Apache-2.0

import Predictions
import Propagation
import UTC
import VOEvent

/// What a run of one rule changes: collected first, then made durable at once.
struct RuleOutcome {
    let rule: AlertRule
    let author: PredictionAuthor
    let now: UTCInstant
    /// Number of the next new prediction.
    var nextNumber: Int64
    /// Where the predicted series is.
    var url: String?
    private(set) var changes: [AlertStore.Change] = []
    private(set) var events: [(ivorn: String, packet: [UInt8])] = []
    private var announced = 0
    private var superseded = 0
    private var retracted = 0
    private var closed = 0
    private var missed = 0

    init(rule: AlertRule, author: PredictionAuthor, now: UTCInstant, nextNumber: Int64) {
        self.rule = rule
        self.author = author
        self.now = now
        self.nextNumber = nextNumber
    }

    /// Takes a step of a prediction's life.
    ///
    /// - Throws: `VOEventError` if its event cannot be written.
    mutating func take(_ step: PredictionLife.Step) throws(VOEventError) {
        switch step {
        case .announce(let interval):
            let prediction = PublishedPrediction(
                number: nextNumber, rule: rule.name, revision: 1,
                ivorn: author.ivorn(rule: rule, number: nextNumber, revision: 1, start: interval.start),
                interval: interval)
            nextNumber += 1
            try tell(prediction, .onset, replaces: nil)
            changes.append(.keep(prediction))
            announced += 1
        case .supersede(let earlier, let interval):
            let prediction = next(earlier, interval: interval)
            try tell(prediction, .update, replaces: earlier.ivorn)
            changes.append(.keep(prediction))
            superseded += 1
        case .retract(let earlier):
            let prediction = next(earlier, interval: earlier.interval)
            try tell(prediction, .retraction, replaces: earlier.ivorn)
            changes.append(.end(prediction, isRetracted: true))
            retracted += 1
        case .miss(var prediction):
            prediction.missedRuns += 1
            changes.append(.keep(prediction))
            missed += 1
        case .confirm(var prediction):
            prediction.missedRuns = 0
            changes.append(.keep(prediction))
        case .close(let prediction):
            changes.append(.end(prediction, isRetracted: false))
            closed += 1
        }
    }

    /// What subscribers know of once the changes are published.
    ///
    /// - Parameter open: what they knew of before.
    func published(after open: [PublishedPrediction]) -> [PublishedPrediction] {
        var byNumber: [Int64: PublishedPrediction] = [:]
        for prediction in open { byNumber[prediction.number] = prediction }
        for change in changes {
            switch change {
            case .keep(let prediction): byNumber[prediction.number] = prediction
            case .end(let prediction, _): byNumber[prediction.number] = nil
            }
        }
        return byNumber.values.sorted { $0.number < $1.number }
    }

    /// Adds what was done to a line of the report.
    func count(into line: inout RoundReport.RuleLine) {
        line.announced = announced
        line.superseded = superseded
        line.retracted = retracted
        line.closed = closed
        line.missed = missed
    }

    private func next(_ earlier: PublishedPrediction, interval: WindInterval) -> PublishedPrediction {
        let revision = earlier.revision + 1
        return PublishedPrediction(
            number: earlier.number, rule: rule.name, revision: revision,
            ivorn: author.ivorn(rule: rule, number: earlier.number, revision: revision, start: interval.start),
            interval: interval)
    }

    private mutating func tell(
        _ prediction: PublishedPrediction, _ status: IntervalPacket.Status, replaces earlier: String?
    ) throws(VOEventError) {
        let packet = try author.write(
            prediction, rule: rule, status: status, replaces: earlier, url: url, now: now)
        events.append((prediction.ivorn, packet))
    }
}
