// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Asks a loop on another thread to stop after the frame at hand.
public final class StopFlag: Sendable {
    private let raised = Atomic<Bool>(false)

    /// A flag that is down.
    public init() {}

    /// Asks to stop; asking again changes nothing.
    public func raise() { raised.store(true, ordering: .releasing) }

    /// True after `raise()`.
    public var isRaised: Bool { raised.load(ordering: .acquiring) }
}
