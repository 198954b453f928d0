// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Weights that move a sampled picture by a part of a pixel without blurring it: the Lanczos window of three lobes.
///
/// - Reference: C. E. Duchon, "Lanczos filtering in one and two dimensions", Journal of Applied Meteorology 18
///   (1979) 1016. The weights are scaled to a sum of 1, so that light is neither made nor lost.
struct LanczosWeights {
    let values: (Float, Float, Float, Float, Float, Float)

    init(fraction: Double) {
        let weights = (-2...3).map { tap -> Double in
            let distance = (Double(tap) - fraction) * .pi
            return abs(distance) < 1e-9 ? 1 : sin(distance) * sin(distance / 3) * 3 / (distance * distance)
        }
        let total = weights.reduce(0, +)
        let scaled = weights.map { Float($0 / total) }
        values = (scaled[0], scaled[1], scaled[2], scaled[3], scaled[4], scaled[5])
    }

    /// Writes `count` weighted sums of six samples each, `stride` apart.
    func apply(
        to source: UnsafeBufferPointer<Float>, start: Int, stride: Int, count: Int,
        _ result: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(start >= 0 && start + 5 * stride + count <= source.count && count <= result.count)
        let (first, second, third, fourth, fifth, sixth) = values
        for index in 0..<count {
            let place = start &+ index
            let left = first * source[place] + second * source[place &+ stride]
            let middle = third * source[place &+ 2 &* stride] + fourth * source[place &+ 3 &* stride]
            let right = fifth * source[place &+ 4 &* stride] + sixth * source[place &+ 5 &* stride]
            result[index] = left + middle + right
        }
    }
}
