// SPDX-License-Identifier: Apache-2.0

/// Weights of five neighbouring samples for the value at most half a pixel from the middle one.
///
/// Reference: Keys, R. (1981), IEEE Trans. ASSP 29, 1153, cubic convolution with a = -1/2, exact for parabolas.
struct CubicWeights: Equatable {
    var first: Float
    var second: Float
    var third: Float
    var fourth: Float
    var fifth: Float

    /// Weights for the value at `offset` from the middle sample, -0.5…0.5 pixels.
    init(offset: Double) {
        func kernel(_ distance: Double) -> Float {
            let u = abs(distance)
            if u >= 2 { return 0 }
            if u >= 1 { return Float(((-0.5 * u + 2.5) * u - 4) * u + 2) }
            return Float((1.5 * u - 2.5) * u * u + 1)
        }
        first = kernel(offset + 2)
        second = kernel(offset + 1)
        third = kernel(offset)
        fourth = kernel(offset - 1)
        fifth = kernel(offset - 2)
    }

    /// The weight of the sample at -2…2 from the middle.
    subscript(offset: Int) -> Float {
        switch offset {
        case -2: first
        case -1: second
        case 0: third
        case 1: fourth
        case 2: fifth
        default: 0
        }
    }
}
