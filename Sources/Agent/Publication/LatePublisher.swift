// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Holds the publisher, which can be made only when the source is open and has said what its frames are.
final class LatePublisher: Sendable {
    private let value = Mutex<EventPublisher?>(nil)

    /// The publisher; nil before the source is open.
    var publisher: EventPublisher? { value.withLock { $0 } }

    /// Puts the publisher for the source that was opened.
    func set(_ publisher: EventPublisher) { value.withLock { $0 = publisher } }
}
