// SPDX-License-Identifier: Apache-2.0

/// Finds out whether it is the broker that fails or the one event at the head of the queue.
///
/// While attempts fail, the oldest event is tried again and again, so that the order is kept. Once the broker was reached
/// with it and failed `patience` times, each further failure is followed at once by an attempt with another event, chosen
/// at random: if that gets through, the broker is well. If the oldest fails then once more, it is in the way. A broker
/// that cannot be reached at all says nothing of the event, however long it is away.
struct DeliveryBlockage: Sendable {
    /// What is done after a failed attempt.
    enum NextStep: Sendable, Hashable {
        /// Wait, then try the oldest event again.
        case wait
        /// Try another event at once.
        case tryAnother
        /// The event is in the way of others: take it out of the queue.
        case setAside
    }

    /// Failures of a broker that was reached with the same event before others are tried.
    static let patience = 6

    private var oldest: OutboxEntryName?
    private var failures = 0
    private var triesAnother = false
    private var othersGetThrough = false

    /// The event to be tried next; nil if none waits.
    mutating func next(of pending: [OutboxEntry], using generator: inout some RandomNumberGenerator) -> OutboxEntry? {
        if pending.first?.name != oldest {
            self = DeliveryBlockage()
            oldest = pending.first?.name
        }
        if triesAnother, let other = pending.dropFirst().randomElement(using: &generator) { return other }
        triesAnother = false
        return pending.first
    }

    /// An attempt failed.
    mutating func noteFailure(of name: OutboxEntryName, hasReachedBroker: Bool, othersWait: Bool) -> NextStep {
        guard name == oldest, hasReachedBroker else {
            triesAnother = false
            return .wait
        }
        failures += 1
        if othersGetThrough { return .setAside }
        triesAnother = failures >= Self.patience && othersWait
        return triesAnother ? .tryAnother : .wait
    }

    /// The broker answered.
    mutating func noteAnswer(for name: OutboxEntryName) {
        triesAnother = false
        othersGetThrough = name != oldest
    }
}
