// SPDX-License-Identifier: Apache-2.0

/// What a camera does to light: noise, gain, offset and the faults of its pixels.
///
/// A sample is `offsetADU + electrons / gainElectronsPerADU`, rounded and clipped to the samples' range.
public struct SensorModel: Sendable, Hashable {
    /// Standard deviation of the read noise in electrons.
    public var readNoiseElectrons: Double
    /// Electrons for one step of the samples, at the scene's depth of samples.
    public var gainElectronsPerADU: Double
    /// Sample of an unlit pixel, so that noise is not cut off at zero.
    public var offsetADU: Double
    /// Electrons that a pixel can hold.
    public var fullWellElectrons: Double
    /// Standard deviation of the row noise in electrons: an offset that a whole row shares, new in every frame.
    public var rowNoiseElectrons: Double
    /// Standard deviation of the pixels' sensitivity around 1 (photo-response non-uniformity).
    public var responseNonUniformity: Double
    /// Standard deviation of the pixels' fixed offsets in electrons (dark-signal non-uniformity).
    public var offsetNonUniformityElectrons: Double
    /// Share of hot pixels, 0...1.
    public var hotPixelFraction: Double
    /// Mean dark charge of a hot pixel in electrons a frame; exponentially distributed.
    public var hotPixelMeanElectrons: Double
    /// Share of flickering pixels (random telegraph signal), 0...1.
    public var flickeringPixelFraction: Double
    /// Step of a flickering pixel in electrons, up or down.
    public var flickeringPixelElectrons: Double

    /// A sensor by its noise and gain; faults are off unless given.
    public init(
        readNoiseElectrons: Double, gainElectronsPerADU: Double, offsetADU: Double,
        fullWellElectrons: Double = 12_000, rowNoiseElectrons: Double = 0, responseNonUniformity: Double = 0,
        offsetNonUniformityElectrons: Double = 0, hotPixelFraction: Double = 0, hotPixelMeanElectrons: Double = 60,
        flickeringPixelFraction: Double = 0, flickeringPixelElectrons: Double = 20
    ) {
        self.readNoiseElectrons = readNoiseElectrons
        self.gainElectronsPerADU = gainElectronsPerADU
        self.offsetADU = offsetADU
        self.fullWellElectrons = fullWellElectrons
        self.rowNoiseElectrons = rowNoiseElectrons
        self.responseNonUniformity = responseNonUniformity
        self.offsetNonUniformityElectrons = offsetNonUniformityElectrons
        self.hotPixelFraction = hotPixelFraction
        self.hotPixelMeanElectrons = hotPixelMeanElectrons
        self.flickeringPixelFraction = flickeringPixelFraction
        self.flickeringPixelElectrons = flickeringPixelElectrons
    }

    /// A back-illuminated CMOS sensor at high gain with its usual faults (Sony IMX174, IMX290 and their like).
    ///
    /// Gain and offset are given for samples of 8 bits and follow the depth, so that a scene looks the same at
    /// any depth.
    public static func video(bitsPerSample: Int, gainElectronsPerADUOf8Bits: Double = 4) -> SensorModel {
        let finer = Double(1 << max(0, min(bitsPerSample, 16) - 8))
        return SensorModel(
            readNoiseElectrons: 2.2, gainElectronsPerADU: gainElectronsPerADUOf8Bits / finer,
            offsetADU: 10 * finer, rowNoiseElectrons: 0.2, responseNonUniformity: 0.01,
            offsetNonUniformityElectrons: 0.4, hotPixelFraction: 5e-5, flickeringPixelFraction: 1e-4)
    }
}
