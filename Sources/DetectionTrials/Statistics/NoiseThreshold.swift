// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The threshold τ of an ideal matched filter that gives one false alarm an hour in pure Gaussian noise: the yardstick
/// for completeness, whose bound is Φ(ρ - τ).
public struct NoiseThreshold: Sendable, Hashable {
    /// Pixels of a frame.
    public var pixelCount: Int
    /// Frames a second.
    public var framesPerSecond: Double
    /// False alarms an hour.
    public var ratePerHour: Double

    /// A yardstick for frames of a size at a rate.
    public init(pixelCount: Int, framesPerSecond: Double, ratePerHour: Double = 1) {
        self.pixelCount = pixelCount
        self.framesPerSecond = framesPerSecond
        self.ratePerHour = ratePerHour
    }

    /// Independent-trial form: each pixel of each frame is one trial, P(N > τ) = R / (3600 W H F).
    public var independent: Double {
        NormalDistribution.upperQuantile(ratePerHour / (3600 * Double(pixelCount) * framesPerSecond))
    }

    /// Field form: the filter's output is a smooth random field whose maxima are counted,
    /// R / 3600 = W H F (2 s²)⁻¹ (2π)^(-3/2) τ exp(-τ²/2).
    ///
    /// - Parameter sigmaPixels: standard deviation s of the point spread.
    /// - Reference: R. J. Adler, The Geometry of Random Fields (1981), ch. 6.
    public func field(sigmaPixels: Double) -> Double {
        let density = 1 / (2 * sigmaPixels * sigmaPixels) * pow(2 * .pi, -1.5)
        let wanted = ratePerHour / (3600 * Double(pixelCount) * framesPerSecond * density)
        var low = 1.0
        var high = 40.0
        while high - low > 1e-10 {
            let middle = 0.5 * (low + high)
            if middle * exp(-0.5 * middle * middle) > wanted { low = middle } else { high = middle }
        }
        return 0.5 * (low + high)
    }
}
