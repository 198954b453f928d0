// SPDX-License-Identifier: Apache-2.0

/// What an impact's flash says of the body that fell, and everything that was assumed on the way.
public struct ImpactEnergy: Sendable, Hashable {
    /// Light emitted in the camera's band (Moon) or over all wavelengths (Jupiter), in joules.
    public var luminousJoules: Estimate
    /// Kinetic energy of the impactor in joules.
    public var kineticJoules: Estimate
    /// Mass of the impactor in kilograms.
    public var massKilograms: Estimate
    /// Every assumption, a sentence each, with its number.
    public var assumptions: [String]
}
