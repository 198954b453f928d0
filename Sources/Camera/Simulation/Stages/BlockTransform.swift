// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The discrete cosine transform of blocks of 8 × 8 numbers, orthonormal: quantising a coefficient by a step gives
/// noise of step² / 12 in total over the block.
///
/// - Reference: N. Ahmed, T. Natarajan, K. R. Rao, "Discrete cosine transform", IEEE Transactions on Computers C-23
///   (1974) 90.
struct BlockTransform: Sendable {
    /// Numbers in a row or column of a block.
    static let size = 8

    /// Row k holds the cosine wave of frequency k.
    private let waves: [SIMD8<Float>]
    /// The same, transposed.
    private let columns: [SIMD8<Float>]

    init() {
        let size = BlockTransform.size
        var waves = [SIMD8<Float>](repeating: .zero, count: size)
        var columns = waves
        for frequency in 0..<size {
            let scale = (frequency == 0 ? 1.0 : 2.0) / Double(size)
            for place in 0..<size {
                let angle = Double.pi * (Double(place) + 0.5) * Double(frequency) / Double(size)
                let value = Float(scale.squareRoot() * cos(angle))
                waves[frequency][place] = value
                columns[place][frequency] = value
            }
        }
        self.waves = waves
        self.columns = columns
    }

    /// From 8 rows of samples to 8 rows of coefficients: W B Wᵀ.
    func forward(_ block: inout [SIMD8<Float>]) { apply(&block, left: waves, right: columns) }

    /// From coefficients to samples: Wᵀ C W.
    func inverse(_ block: inout [SIMD8<Float>]) { apply(&block, left: columns, right: waves) }

    /// left · block · right, where row k of `right` is added k-th.
    private func apply(_ block: inout [SIMD8<Float>], left: [SIMD8<Float>], right: [SIMD8<Float>]) {
        let size = BlockTransform.size
        var half = [SIMD8<Float>](repeating: .zero, count: size)
        for row in 0..<size {
            var sum = SIMD8<Float>.zero
            for column in 0..<size { sum += block[row][column] * right[column] }
            half[row] = sum
        }
        for row in 0..<size {
            var sum = SIMD8<Float>.zero
            for column in 0..<size { sum += left[row][column] * half[column] }
            block[row] = sum
        }
    }
}
