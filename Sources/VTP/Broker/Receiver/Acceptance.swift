// SPDX-License-Identifier: Apache-2.0

/// What became of an event that was handed to the broker, whatever way it came.
public enum Acceptance: Sendable, Hashable {
    /// It is new, and durable.
    case stored(ivorn: String, sequence: EventSequence)
    /// It was there already, which is success too.
    case alreadyStored(ivorn: String, sequence: EventSequence)
    /// It breaks rules, and is not stored. Every reason is told; no ivorn if the packet has none that can be read.
    case refused(ivorn: String?, reasons: [String])
    /// It could not be stored this time; it may be sent again.
    case failed(reason: String)
    /// It is no event but a message between brokers.
    case notAnEvent(reason: String)
}
