// SPDX-License-Identifier: Apache-2.0

import Camera

#if canImport(Glibc)
    import Glibc
#endif

/// How samples become grey: black three times the noise under the background, white at the brightest sample, between
/// them an inverse hyperbolic sine, which shows the noise and does not burn out the flash.
///
/// - Reference: R. Lupton et al., PASP 116, 133 (2004).
struct IntensityStretch {
    private let background: Double
    private let noise: Double
    private let darkest: Double
    private let span: Double

    /// Times the noise where the scale turns from linear to logarithmic.
    private static let softening = 4.0

    init(background: Double, noise: Double, brightest: Double) {
        self.background = background
        self.noise = max(noise, 0.25)
        let highest = max((brightest - background) / self.noise, 12)
        darkest = asinh(-3 / IntensityStretch.softening)
        span = asinh(highest / IntensityStretch.softening) - darkest
    }

    /// The grey of a sample.
    func color(of sample: Double) -> RGBColor {
        let deviations = (sample - background) / noise
        let brightness = (asinh(deviations / IntensityStretch.softening) - darkest) / span
        return RGBColor(gray: UInt8((14 + 241 * brightness).clamped(to: 0...255)))
    }
}
