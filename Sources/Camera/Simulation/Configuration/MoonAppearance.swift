// SPDX-License-Identifier: Apache-2.0

/// The night side of the Moon as a telescope shows it: earthshine, the maria, the glare of the sunlit crescent.
///
/// Places and sizes are relative to the frame, so that the same picture comes out at any frame size.
public struct MoonAppearance: Sendable, Hashable {
    /// Radius of the disk in frame widths.
    public var radiusInFrameWidths: Double
    /// Column of the disk's centre in frame widths, from the left edge; may lie outside.
    public var centreXInFrameWidths: Double
    /// Row of the disk's centre in frame heights, from the upper edge; may lie outside.
    public var centreYInFrameHeights: Double
    /// Angle Sun–Moon–Earth in degrees, 90 (half Moon) to 180 (new Moon); the Sun stands to the right.
    public var phaseAngleDegrees: Double
    /// Brightness of the earthlit highlands in electrons a pixel and frame.
    public var earthshineElectronsPerPixel: Double
    /// Relative darkness of the maria; 0.15...0.3.
    public var mareContrast: Double
    /// Scattered light one tenth of the Moon's radius away from the sunlit limb, in electrons a pixel and frame.
    /// It falls with the square of the distance.
    public var glareElectronsPerPixel: Double
    /// Brightness of the ground under a high Sun in electrons a pixel and frame; 0 hides the crescent, which else
    /// saturates every sensor that sees the earthshine.
    public var sunlitElectronsPerPixel: Double

    /// A Moon; with no arguments a crescent Moon whose dark limb is in the picture and whose crescent is not.
    public init(
        radiusInFrameWidths: Double = 0.75, centreXInFrameWidths: Double = 0.82, centreYInFrameHeights: Double = 0.5,
        phaseAngleDegrees: Double = 125, earthshineElectronsPerPixel: Double = 130, mareContrast: Double = 0.28,
        glareElectronsPerPixel: Double = 5000, sunlitElectronsPerPixel: Double = 400_000
    ) {
        self.radiusInFrameWidths = radiusInFrameWidths
        self.centreXInFrameWidths = centreXInFrameWidths
        self.centreYInFrameHeights = centreYInFrameHeights
        self.phaseAngleDegrees = phaseAngleDegrees
        self.earthshineElectronsPerPixel = earthshineElectronsPerPixel
        self.mareContrast = mareContrast
        self.glareElectronsPerPixel = glareElectronsPerPixel
        self.sunlitElectronsPerPixel = sunlitElectronsPerPixel
    }
}
