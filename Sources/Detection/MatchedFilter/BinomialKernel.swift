// SPDX-License-Identifier: Apache-2.0

/// The point spread that a number of passes of the filter [1 2 1] stands for.
///
/// Matched to a Gaussian of the same variance it keeps more than 95 % of the signal to noise, and about 90 % for one
/// half as wide again.
struct BinomialKernel: Hashable {
    /// Number of passes, 1…8.
    let passes: Int

    /// The kernel for a point spread of a standard deviation in pixels.
    init(sigma: Double) { passes = min(max(Int((2 * sigma * sigma).rounded()), 1), 8) }

    init(passes: Int) { self.passes = passes }

    /// Standard deviation in pixels: √(n / 2).
    var sigma: Double { (Double(passes) / 2).squareRoot() }

    /// Rows and columns that the kernel reaches to either side.
    var radius: Int { passes }

    /// Standard deviation of the output for white noise of standard deviation 1, with the sum of the weights taken as
    /// 1: C(4n, 2n) / 16ⁿ.
    var noiseGain: Double {
        // C(4n, 2n) / 4²ⁿ as a product, in which nothing overflows.
        var product = 1.0
        for k in 1...(2 * passes) { product *= 1 - 0.5 / Double(k) }
        return product
    }
}
