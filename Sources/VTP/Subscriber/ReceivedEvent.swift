// SPDX-License-Identifier: Apache-2.0

/// An event as a broker sent it.
public struct ReceivedEvent: Sendable, Hashable {
    /// The packet, byte for byte.
    public let packet: [UInt8]
    /// What can be told of it without knowing its content.
    public let envelope: EventEnvelope
}

/// What the receiver of events wants after it has dealt with one.
public enum SubscriptionDirective: Sendable, Hashable {
    /// Go on listening.
    case goOn
    /// End the subscription; the event just handled is still acknowledged.
    case stop
}
