// SPDX-License-Identifier: Apache-2.0

/// What the delivery tells the journal and the counters.
public enum DeliveryProgress: Sendable, Hashable {
    /// The broker has the event, and so it is recorded.
    case delivered(OutboxEntry, response: String?)
    /// The broker refused the event; it is parked.
    case refused(OutboxEntry, reasons: [String])
    /// An attempt failed; the next one is due after the wait.
    case delayed(OutboxEntry, message: String, waitSeconds: Double)
    /// The entry could not be read or moved; the next look at it is due after the wait.
    case failed(OutboxError, waitSeconds: Double)
}
