// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Lets frames through to the detector while nothing stands between the camera and the sky.
///
/// Whoever watches the lines closes and opens it; the searching thread looks before every frame.
public final class ViewGate: Sendable {
    private let open: Atomic<Bool>

    /// A gate, open unless told otherwise.
    public init(isOpen: Bool = true) { open = Atomic(isOpen) }

    /// True if frames may be searched.
    public var isOpen: Bool { open.load(ordering: .acquiring) }

    /// Opens or closes it, from the next frame on.
    public func set(isOpen: Bool) { open.store(isOpen, ordering: .releasing) }
}
