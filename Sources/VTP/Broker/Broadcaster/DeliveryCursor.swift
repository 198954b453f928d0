// SPDX-License-Identifier: Apache-2.0

/// Where a subscriber stands in the log, and what that means for the next batch.
///
/// A subscriber gets every place of the log once, in order. A batch that does not join on to what it has is not for
/// it: what lies between is read from the log first. So nothing is lost when it cannot be given a batch, nor when it
/// asks for the past.
struct DeliveryCursor: Sendable, Hashable {
    /// What to do with a batch that has just come from the end of the log.
    enum Step: Sendable, Hashable {
        /// It is next: send it from the position on.
        case deliver
        /// There is a gap before it: read the log from the position on.
        case readLog
        /// The subscriber has it already.
        case skip
    }

    /// The first place that the subscriber was not given.
    private(set) var position: EventSequence
    /// The newest place that the log is known to have.
    private(set) var newest: EventSequence
    /// How far behind a subscriber was by its own wish, in places; lessens as it catches up.
    private var wishedLag: EventSequence = 0

    /// A subscriber that wants what comes from `position` on.
    init(position: EventSequence) {
        self.position = position
        newest = position - 1
    }

    /// Places between the subscriber and the end of the log.
    var lag: EventSequence { max(newest + 1 - position, 0) }

    /// True if the log has what the subscriber was not given.
    var isBehind: Bool { position <= newest }

    /// Places by which the subscriber has fallen behind, not counting those that it asked for.
    var lagByOwnFault: EventSequence { max(lag - wishedLag, 0) }

    /// The log has grown by these places.
    mutating func announce(_ places: ClosedRange<EventSequence>) -> Step {
        newest = max(newest, places.upperBound)
        if places.upperBound < position { return .skip }
        return places.lowerBound <= position ? .deliver : .readLog
    }

    /// The subscriber was given everything before `place`, wanted or not.
    mutating func advance(to place: EventSequence) {
        position = max(position, place)
        wishedLag = min(wishedLag, lag)
    }

    /// The subscriber wants to begin at `place`.
    mutating func seek(_ place: EventSequence) {
        position = place
        wishedLag = lag
    }
}
