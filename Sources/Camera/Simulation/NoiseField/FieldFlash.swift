// SPDX-License-Identifier: Apache-2.0

/// A flash that stands still in a `NoiseField`: a point of light with a light curve and a known signal to noise.
public struct FieldFlash: Sendable, Hashable {
    /// Column of its centre in pixels; the centre of the first pixel is 0.
    public var x: Double
    /// Row of its centre in pixels; the centre of the first pixel is 0.
    public var y: Double
    /// Standard deviation of its Gaussian picture in pixels, above 0.
    public var sigmaPixels: Double
    /// First frame with light of it.
    public var firstFrame: Int
    /// Relative light in each frame from the first on: not negative, not all 0.
    public var light: [Double]
    /// Matched-filter signal to noise ρ of all its frames together.
    public var signalToNoise: Double

    /// A flash from its parts.
    public init(
        x: Double, y: Double, sigmaPixels: Double, firstFrame: Int, light: [Double], signalToNoise: Double
    ) {
        self.x = x
        self.y = y
        self.sigmaPixels = sigmaPixels
        self.firstFrame = firstFrame
        self.light = light
        self.signalToNoise = signalToNoise
    }

    /// Last frame with light of it.
    public var lastFrame: Int { firstFrame + light.count - 1 }
    /// Frame with most light of it; the first of several.
    public var peakFrame: Int {
        var peak = 0
        for index in light.indices where light[index] > light[peak] { peak = index }
        return firstFrame + peak
    }

    /// Flux in each frame that gives the signal to noise in white noise.
    ///
    /// For flux F lₜ / √Σl² in frame t, with the shares pᵢ of the pixels, ρ = F √Σpᵢ² / σ.
    ///
    /// - Parameter noiseADU: standard deviation of a pixel, rounding included.
    /// - Returns: ADU summed over the pixels, one number a frame of `light`.
    public func flux(noiseADU: Double) -> [Double] {
        guard let reach = PointProfile.reach(sigma: sigmaPixels) else { return light.map { _ in 0 } }
        func power(_ centre: Double) -> Double {
            let first = Int((centre - reach).rounded(.down))
            let last = Int((centre + reach).rounded(.up))
            let profile = PointProfile(centre: centre, sigma: sigmaPixels, reach: reach, within: first..<last + 1)
            return profile.shares.reduce(0) { $0 + $1 * $1 }
        }
        let curve = light.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let scale = signalToNoise * noiseADU / ((power(x) * power(y)).squareRoot() * curve)
        return light.map { scale * $0 }
    }
}
