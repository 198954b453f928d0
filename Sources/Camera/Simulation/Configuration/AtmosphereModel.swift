// SPDX-License-Identifier: Apache-2.0

/// What the air does to the picture. Everything is off unless given.
public struct AtmosphereModel: Sendable, Hashable {
    /// Standard deviation in each axis of the picture's wander (tip and tilt), in pixels.
    public var wanderRMSPixels: Double
    /// Correlation time of the wander in seconds; 0.03...0.1 is usual.
    public var wanderCorrelationSeconds: Double
    /// Standard deviation of the whole picture's relative brightness, from frame to frame; 0.01...0.03 for disks.
    public var scintillationFraction: Double
    /// Correlation time of the scintillation in seconds.
    public var scintillationCorrelationSeconds: Double
    /// Standard deviation of each star's own relative brightness, new in every frame; 0.05...0.3 for small lenses.
    public var starScintillationFraction: Double
    /// Greatest relative change of transparency within a minute.
    public var transparencyDriftPerMinute: Double
    /// Optical depth of the thickest cloud; 0 for a clear sky.
    public var cloudOpticalDepth: Double
    /// Share of the sky that clouds cover, 0...1.
    public var cloudCover: Double
    /// Size of the clouds in frame widths.
    public var cloudSizeInFrameWidths: Double
    /// Speed of the clouds along the rows, in pixels a second.
    public var cloudSpeedPixelsPerSecond: Double
    /// Light of a cloud so thick that nothing passes, in electrons a pixel and frame.
    public var cloudGlowElectronsPerPixel: Double
    /// Change of the sky's brightness with time, in electrons a pixel and frame for each second; twilight.
    public var twilightElectronsPerPixelPerSecond: Double
    /// Gusts of wind a minute that shake the telescope, at random times; each is a damped oscillation.
    public var gustsPerMinute: Double
    /// Greatest displacement of the picture by a gust, in pixels.
    public var gustPixels: Double

    /// An atmosphere; with no arguments, none.
    public init(
        wanderRMSPixels: Double = 0, wanderCorrelationSeconds: Double = 0.06, scintillationFraction: Double = 0,
        scintillationCorrelationSeconds: Double = 0.03, starScintillationFraction: Double = 0,
        transparencyDriftPerMinute: Double = 0, cloudOpticalDepth: Double = 0, cloudCover: Double = 0.5,
        cloudSizeInFrameWidths: Double = 0.5, cloudSpeedPixelsPerSecond: Double = 15,
        cloudGlowElectronsPerPixel: Double = 0, twilightElectronsPerPixelPerSecond: Double = 0,
        gustsPerMinute: Double = 0, gustPixels: Double = 0
    ) {
        self.wanderRMSPixels = wanderRMSPixels
        self.wanderCorrelationSeconds = wanderCorrelationSeconds
        self.scintillationFraction = scintillationFraction
        self.scintillationCorrelationSeconds = scintillationCorrelationSeconds
        self.starScintillationFraction = starScintillationFraction
        self.transparencyDriftPerMinute = transparencyDriftPerMinute
        self.cloudOpticalDepth = cloudOpticalDepth
        self.cloudCover = cloudCover
        self.cloudSizeInFrameWidths = cloudSizeInFrameWidths
        self.cloudSpeedPixelsPerSecond = cloudSpeedPixelsPerSecond
        self.cloudGlowElectronsPerPixel = cloudGlowElectronsPerPixel
        self.twilightElectronsPerPixelPerSecond = twilightElectronsPerPixelPerSecond
        self.gustsPerMinute = gustsPerMinute
        self.gustPixels = gustPixels
    }
}
