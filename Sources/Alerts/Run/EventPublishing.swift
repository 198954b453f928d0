// SPDX-License-Identifier: Apache-2.0

/// Where events go: the broker.
public protocol EventPublishing: Sendable {
    /// Hands an event over; when this returns the broker has it on disk, now or from an earlier time.
    ///
    /// - Throws: `refused` if it will never be taken; everything else may be tried again.
    func publish(_ packet: [UInt8]) async throws(AlertError)
}
