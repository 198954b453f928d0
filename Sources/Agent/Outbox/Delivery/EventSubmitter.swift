// SPDX-License-Identifier: Apache-2.0

/// Brings one event to a broker and waits for its answer.
public protocol EventSubmitter: Sendable {
    /// Submits an event.
    ///
    /// - Parameters:
    ///   - packet: the event, byte for byte.
    ///   - ivorn: its identifier.
    /// - Returns: the broker's final answer.
    /// - Throws: a temporary failure; the event is submitted again later.
    func submit(_ packet: [UInt8], ivorn: String) async throws(DeliveryFailure) -> DeliveryAnswer
}

/// What a broker said about an event, for good.
public enum DeliveryAnswer: Sendable, Hashable {
    /// The broker has the event; with its name, if it gave one.
    case acknowledged(response: String?)
    /// The broker will never take the event, for these reasons.
    case refused(reasons: [String])
}
