// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A Gaussian point spread, sampled at pixel centres.
struct PointSpreadKernel: Hashable {
    /// Standard deviation in pixels.
    let sigma: Double
    /// Weights at 0, 1, 2 … pixels from the centre in one dimension; the same on both sides. The sum of the squares
    /// of all weights is 1, so that the filter turns unit white noise into unit noise.
    let weights: [Float]

    /// A kernel cut off where less than a per mille of its signal to noise lies outside.
    init(sigma: Double) {
        self.sigma = sigma
        let radius = min(max(Int((2.2 * sigma).rounded(.up)), 2), ScratchRow.margin - 8)
        let raw = (0...radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let norm = raw.dropFirst().reduce(raw[0] * raw[0]) { $0 + 2 * $1 * $1 }.squareRoot()
        weights = raw.map { Float($0 / norm) }
    }

    /// Reach in pixels to either side.
    var radius: Int { weights.count - 1 }
}
