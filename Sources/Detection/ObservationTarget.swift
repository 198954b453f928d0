// SPDX-License-Identifier: Apache-2.0

/// What the camera looks at. It decides what counts as an event and how the scene is modelled.
public enum ObservationTarget: String, Sendable, Hashable, CaseIterable {
    /// The night side of the Moon through a telescope: short flashes that stand still on the surface.
    case moon
    /// Jupiter's disk through a telescope: flashes of tenths of a second to seconds on the disk.
    case jupiter
    /// The sky over a fixed camera: meteors.
    case sky
}
