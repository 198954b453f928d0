// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// An event on its way to subscribers; the bytes are shared by all of them.
struct Delivery: Sendable {
    /// The event with its place in the log.
    let event: StoredEvent
    /// The event's bytes, ready to be written.
    let message: ByteBuffer

    init(_ event: StoredEvent) {
        self.event = event
        message = ByteBuffer(bytes: event.packet)
    }
}
