// SPDX-License-Identifier: Apache-2.0

/// Why an attempt to submit an event failed, for now.
public struct DeliveryFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What happened, for the operator.
    public let message: String
    /// True if the broker was reached, so that the event itself may be what it fails on; false if no connection could be
    /// made, which says nothing of the event.
    public let hasReachedBroker: Bool

    /// A failure from its parts.
    public init(_ message: String, hasReachedBroker: Bool) {
        self.message = message
        self.hasReachedBroker = hasReachedBroker
    }

    /// The message.
    public var description: String { message }
}
