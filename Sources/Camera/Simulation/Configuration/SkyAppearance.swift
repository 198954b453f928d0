// SPDX-License-Identifier: Apache-2.0

/// The night sky as a wide lens shows it: stars over an even glow that grows towards the horizon.
public struct SkyAppearance: Sendable, Hashable {
    /// Light of the sky at the upper edge in electrons a pixel and frame.
    public var skyElectronsPerPixel: Double
    /// Relative brightening from the upper to the lower edge.
    public var horizonBrightening: Double
    /// Relative loss of light in the corners.
    public var vignetting: Double
    /// Stars in the frame down to `faintestMagnitude`.
    public var starCount: Int
    /// Magnitude of the brightest possible star.
    public var brightestMagnitude: Double
    /// Magnitude of the faintest star drawn.
    public var faintestMagnitude: Double
    /// Electrons that a star of magnitude 0 gives in one frame.
    public var electronsOfMagnitudeZero: Double

    /// A sky; with no arguments a moonless one through a fast lens, stars visible to about magnitude 6.
    public init(
        skyElectronsPerPixel: Double = 110, horizonBrightening: Double = 0.5, vignetting: Double = 0.3,
        starCount: Int = 400, brightestMagnitude: Double = 0, faintestMagnitude: Double = 7.5,
        electronsOfMagnitudeZero: Double = 60_000
    ) {
        self.skyElectronsPerPixel = skyElectronsPerPixel
        self.horizonBrightening = horizonBrightening
        self.vignetting = vignetting
        self.starCount = starCount
        self.brightestMagnitude = brightestMagnitude
        self.faintestMagnitude = faintestMagnitude
        self.electronsOfMagnitudeZero = electronsOfMagnitudeZero
    }
}
