// SPDX-License-Identifier: Apache-2.0

import Propagation
import UTC

/// What a new run means for the predictions that were published: a prediction is an object with a life, no stream of
/// repetitions.
public struct PredictionLife: Sendable {
    /// What happens to one prediction.
    public enum Step: Sendable, Hashable {
        /// It is new.
        case announce(WindInterval)
        /// It has changed beyond the tolerance.
        case supersede(PublishedPrediction, by: WindInterval)
        /// Too many runs did not find it.
        case retract(PublishedPrediction)
        /// This run did not find it; the next one may.
        case miss(PublishedPrediction)
        /// It was found as it was published, after runs that missed it.
        case confirm(PublishedPrediction)
        /// It is over. Nobody is told: it was no mistake.
        case close(PublishedPrediction)
    }

    /// How predictions are known again.
    public let tolerance: PredictionTolerance

    /// A life with a tolerance.
    public init(tolerance: PredictionTolerance) { self.tolerance = tolerance }

    /// The steps that a run asks for.
    ///
    /// - Parameters:
    ///   - open: published predictions of the rule that are neither over nor taken back.
    ///   - found: intervals of the new run, in the order of time.
    ///   - now: what ended before is over.
    ///   - searched: the time that the run covers; what lies outside cannot be missed.
    public func steps(
        open: [PublishedPrediction], found: [WindInterval], now: UTCInstant, searched: ClosedRange<UTCInstant>
    ) -> [Step] {
        let pairs = pairs(open, found)
        var steps: [Step] = []
        for (index, prediction) in open.enumerated() {
            if let match = pairs[index] {
                let interval = found[match]
                if interval.stop < now {
                    steps.append(.close(prediction))
                } else if isChanged(prediction.interval, interval) {
                    steps.append(.supersede(prediction, by: interval))
                } else if prediction.missedRuns > 0 {
                    steps.append(.confirm(prediction))
                }
            } else if prediction.interval.stop < now {
                steps.append(.close(prediction))
            } else if searched.contains(prediction.interval.start) || searched.contains(prediction.interval.stop) {
                let isLast = prediction.missedRuns + 1 >= tolerance.runsUntilRetraction
                steps.append(isLast ? .retract(prediction) : .miss(prediction))
            }
        }
        let known = Set(pairs.values)
        for (index, interval) in found.enumerated() where !known.contains(index) && interval.stop >= now {
            steps.append(.announce(interval))
        }
        return steps
    }

    /// Which interval each prediction has become: the pairs that overlap most or lie nearest come first, and none is in
    /// two.
    private func pairs(_ open: [PublishedPrediction], _ found: [WindInterval]) -> [Int: Int] {
        var candidates: [(overlap: Double, prediction: Int, interval: Int)] = []
        for (first, prediction) in open.enumerated() {
            for (second, interval) in found.enumerated() {
                let overlap = PredictionLife.overlapHours(prediction.interval, interval)
                if overlap >= -tolerance.sameWithinHours { candidates.append((overlap, first, second)) }
            }
        }
        candidates.sort { ($1.overlap, $0.prediction, $0.interval) < ($0.overlap, $1.prediction, $1.interval) }
        var result: [Int: Int] = [:]
        var taken: Set<Int> = []
        for candidate in candidates where result[candidate.prediction] == nil && !taken.contains(candidate.interval) {
            result[candidate.prediction] = candidate.interval
            taken.insert(candidate.interval)
        }
        return result
    }

    /// Hours that two intervals share; negative: the hours between them.
    private static func overlapHours(_ a: WindInterval, _ b: WindInterval) -> Double {
        min(a.stop, b.stop).seconds(since: max(a.start, b.start)) / 3600
    }

    private func isChanged(_ old: WindInterval, _ new: WindInterval) -> Bool {
        // An end outside the run is not known and cannot have moved.
        let hasBegunElsewhere =
            !(old.isOpenAtStart || new.isOpenAtStart) && hours(from: old.start, to: new.start) > tolerance.hours
        let hasEndedElsewhere =
            !(old.isOpenAtStop || new.isOpenAtStop) && hours(from: old.stop, to: new.stop) > tolerance.hours
        let isNowClosed = old.isOpenAtStop && !new.isOpenAtStop
        return hasBegunElsewhere || hasEndedElsewhere || isNowClosed
            || abs(new.peak - old.peak) > tolerance.peakShare * abs(old.peak)
    }

    private func hours(from a: UTCInstant, to b: UTCInstant) -> Double { abs(b.seconds(since: a)) / 3600 }
}
