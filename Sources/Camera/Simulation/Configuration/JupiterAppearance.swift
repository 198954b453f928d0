// SPDX-License-Identifier: Apache-2.0

/// Jupiter as a telescope shows it: an oblate disk, dark at the limb, with belts and the Galilean moons.
public struct JupiterAppearance: Sendable, Hashable {
    /// Equatorial diameter in frame heights. The disk stands in the middle of the frame.
    public var equatorialDiameterInFrameHeights: Double
    /// One minus the ratio of the polar to the equatorial diameter.
    public var oblateness: Double
    /// Exponent of the limb darkening: brightness goes with the cosine of the emission angle to this power.
    public var limbDarkeningExponent: Double
    /// Relative darkness of the belts.
    public var beltContrast: Double
    /// Angle of the equator against the rows in degrees.
    public var tiltDegrees: Double
    /// Brightness of the disk's centre in electrons a pixel and frame.
    public var centreElectronsPerPixel: Double
    /// Light of the sky around the disk in electrons a pixel and frame.
    public var skyElectronsPerPixel: Double
    /// Whether Io, Europa, Ganymede and Callisto are drawn where they fall into the frame.
    public var hasGalileanMoons: Bool

    /// A Jupiter; with no arguments one of medium size at a low gain.
    public init(
        equatorialDiameterInFrameHeights: Double = 0.46, oblateness: Double = 0.065,
        limbDarkeningExponent: Double = 0.95, beltContrast: Double = 0.13, tiltDegrees: Double = 12,
        centreElectronsPerPixel: Double = 1500, skyElectronsPerPixel: Double = 4, hasGalileanMoons: Bool = true
    ) {
        self.equatorialDiameterInFrameHeights = equatorialDiameterInFrameHeights
        self.oblateness = oblateness
        self.limbDarkeningExponent = limbDarkeningExponent
        self.beltContrast = beltContrast
        self.tiltDegrees = tiltDegrees
        self.centreElectronsPerPixel = centreElectronsPerPixel
        self.skyElectronsPerPixel = skyElectronsPerPixel
        self.hasGalileanMoons = hasGalileanMoons
    }
}
