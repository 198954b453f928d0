// SPDX-License-Identifier: Apache-2.0

import Detection
import Ephemeris

/// What an event's pixel and ADU mean: a place on the body, a magnitude, an energy. What is not known is nil, and a
/// sentence says why.
public struct EventMeaning: Sendable, Hashable {
    /// Where on the body, or beside it, it happened.
    public var position: DiskPosition?
    /// For Jupiter the longitude in Systems I and II, west positive, in degrees.
    public var cloudLongitudesWestDegrees: [RotationSystem: Double] = [:]
    /// The disk in the frame; nil if none was found.
    public var outline: DiskOutline?
    /// Scale of the frame by the size of the disk, in arcseconds per pixel.
    public var arcsecondsPerPixel: Double?
    /// Magnitude in the brightest frame.
    public var magnitude: Magnitude?
    /// Band of the magnitude.
    public var band: PhotometricBand?
    /// Energy and mass.
    public var energy: ImpactEnergy?
    /// What is missing and why, and what to know of what is there; a sentence each.
    public var remarks: [String] = []

    /// A meaning that says nothing yet.
    public init() {}
}
