// SPDX-License-Identifier: Apache-2.0

/// Weighted least squares for the four unknowns of an outline: column, row and radius in pixels, angle in radians.
struct LimbEquations {
    private var matrix = [SIMD4<Double>](repeating: .zero, count: 4)
    private var right = SIMD4<Double>.zero

    /// Adds an observation: Σ coefficient × unknown = value, with a weight.
    mutating func add(_ coefficients: SIMD4<Double>, value: Double, weight: Double) {
        for row in 0..<4 { matrix[row] += weight * coefficients[row] * coefficients }
        right += weight * value * coefficients
    }

    /// Adds an observation of one unknown.
    mutating func add(unknown: Int, value: Double, weight: Double) {
        matrix[unknown][unknown] += weight
        right[unknown] += weight * value
    }

    /// The unknowns and the inverse of the matrix, by Gauss and Jordan with pivots; nil if the observations do not fix
    /// the unknowns.
    func solve() -> (unknowns: SIMD4<Double>, inverse: [SIMD4<Double>])? {
        var left = matrix
        var inverse = (0..<4).map { row in
            var unit = SIMD4<Double>.zero
            unit[row] = 1
            return unit
        }
        for column in 0..<4 {
            guard let pivot = (column..<4).max(by: { abs(left[$0][column]) < abs(left[$1][column]) }),
                abs(left[pivot][column]) > 1e-12 * abs(matrix[column][column]), left[pivot][column] != 0
            else { return nil }
            left.swapAt(column, pivot)
            inverse.swapAt(column, pivot)
            let divisor = left[column][column]
            left[column] /= divisor
            inverse[column] /= divisor
            for row in 0..<4 where row != column {
                let factor = left[row][column]
                left[row] -= factor * left[column]
                inverse[row] -= factor * inverse[column]
            }
        }
        let unknowns = SIMD4(
            (inverse[0] * right).sum(), (inverse[1] * right).sum(), (inverse[2] * right).sum(),
            (inverse[3] * right).sum())
        return (unknowns, inverse)
    }
}
