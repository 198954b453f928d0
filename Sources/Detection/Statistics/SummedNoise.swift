// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How much wider sums of a filter's output over several frames are than independent frames would make them.
///
/// Where the noise of a frame holds something of the frame before - temporal noise reduction, compression, seeing - the
/// noise of a sum of n frames grows faster than √n, and what is measured on single frames says nothing of it.
struct SummedNoise: Hashable {
    /// Widths of sums over 2, 4, 8 … frames, over those of white noise of the pixels' deviations; at least 1.
    var widths: [Double]

    /// Noise that is independent from frame to frame.
    static let white = SummedNoise(widths: [])

    /// The same in units of a noise that is itself wider than that of the pixels.
    func relative(to noiseWidth: Double) -> SummedNoise {
        SummedNoise(widths: widths.map { max(1, $0 / noiseWidth) })
    }

    /// The same beyond what the noise of the background makes of sums of white noise, which the test of a light curve
    /// allows for already.
    func beyond(_ background: BackgroundPull) -> SummedNoise {
        SummedNoise(
            widths: widths.enumerated().map { octave, width in
                let frames = Double(2 << octave)
                let expected = background.variance(sum: frames.squareRoot(), weight: background.rate)
                return max(1, width / max(1, expected).squareRoot())
            })
    }

    /// Width of the sum that a light curve weighs.
    func width(_ shape: LightCurveShape) -> Double { width(frames: shape.sum * shape.sum) }

    /// Width of a weighted sum of frames: between two measured lengths by interpolation, beyond the longest as there.
    ///
    /// - Parameter frames: that the sum is worth, (Σ weight)² / Σ weight²; 1 and more.
    func width(frames: Double) -> Double {
        guard let longest = widths.last, frames > 1 else { return 1 }
        let octave = log2(frames)
        let index = Int(octave)
        guard index < widths.count else { return longest }
        let lower = index == 0 ? 1 : widths[index - 1]
        return lower + (octave - Double(index)) * (widths[index] - lower)
    }
}
