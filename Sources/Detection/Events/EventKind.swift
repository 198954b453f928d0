// SPDX-License-Identifier: Apache-2.0

/// What an event is taken for, by the names that `psws-agent replay --json` prints.
public enum EventKind: String, Sendable, Hashable, CaseIterable {
    /// Light of a meteoroid's impact on the Moon: still on the surface, as wide as the point spread, short.
    case lunarFlash = "lunar_flash"
    /// A very bright meteor, or the flash of an impact on Jupiter.
    case fireball
    /// A meteor in the Earth's atmosphere.
    case meteor
    /// A satellite: slow and steady, or any point source that moves in front of the Moon or Jupiter.
    case satellite
    /// An aeroplane: slow, with lights that blink.
    case aircraft
    /// A particle in the sensor: one frame, sharper than any point of light.
    case cosmicRay = "cosmic_ray"
    /// Something above the threshold that fits none of the others; the reasons say why.
    case other
}
