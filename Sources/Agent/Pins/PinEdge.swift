// SPDX-License-Identifier: Apache-2.0

import Camera

/// A change of an input.
public struct PinEdge: Sendable, Hashable {
    /// When the kernel saw it; of a debounced line, when the new level had stood for long enough.
    public var instant: MonotonicInstant
    /// The new level.
    public var isActive: Bool

    /// A change from its parts.
    public init(instant: MonotonicInstant, isActive: Bool) {
        self.instant = instant
        self.isActive = isActive
    }
}
