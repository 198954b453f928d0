// SPDX-License-Identifier: Apache-2.0

/// Linear least squares with few unknowns, summed up observation by observation. It needs no memory of its own, so
/// that it may be made anew for every frame.
struct NormalEquations {
    /// Most unknowns.
    static let capacity = 8

    private var matrix = InlineArray<8, SIMD8<Double>>(repeating: .zero)
    private var right = SIMD8<Double>.zero
    private let count: Int

    /// Equations for `count` unknowns, at most eight.
    init(count: Int) {
        precondition((1...NormalEquations.capacity).contains(count))
        self.count = count
    }

    /// Forgets all observations.
    mutating func reset() { self = NormalEquations(count: count) }

    /// Adds an observation: Σ coefficient × unknown = value, with a weight (1 / variance). Coefficients beyond the
    /// number of unknowns are ignored.
    mutating func add(_ coefficients: SIMD8<Double>, value: Double, weight: Double) {
        let weighted = weight * coefficients
        right += value * weighted
        for row in 0..<count { matrix[row] += coefficients[row] * weighted }
    }

    /// Adds observations that were summed up elsewhere: Σ weight × coefficientᵢ × coefficients for the first six
    /// unknowns, and Σ weight × value × coefficients.
    mutating func add(sums: InlineArray<6, SIMD8<Float>>, right sum: SIMD8<Float>) {
        for row in 0..<min(count, 6) { matrix[row] += SIMD8<Double>(sums[row]) }
        right += SIMD8<Double>(sum)
    }

    /// Draws an unknown towards a value as an observation with this weight would.
    mutating func restrain(_ unknown: Int, weight: Double, to value: Double = 0) {
        matrix[unknown][unknown] += weight
        right[unknown] += weight * value
    }

    /// Solves by Cholesky's decomposition; nil if the observations do not fix the unknowns. Elements beyond the
    /// number of unknowns are 0.
    func solve() -> SIMD8<Double>? {
        var lower = matrix
        for i in 0..<count {
            for j in 0...i {
                var sum = matrix[i][j]
                for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
                if i == j {
                    guard sum > 1e-12 * matrix[i][i], sum > 0 else { return nil }
                    lower[i][i] = sum.squareRoot()
                } else {
                    lower[i][j] = sum / lower[j][j]
                }
            }
        }
        var solution = SIMD8<Double>.zero
        for i in 0..<count {
            var sum = right[i]
            for k in 0..<i { sum -= lower[i][k] * solution[k] }
            solution[i] = sum / lower[i][i]
        }
        for i in (0..<count).reversed() {
            var sum = solution[i]
            for k in (i + 1)..<max(count, i + 1) { sum -= lower[k][i] * solution[k] }
            solution[i] = sum / lower[i][i]
        }
        return solution
    }
}
