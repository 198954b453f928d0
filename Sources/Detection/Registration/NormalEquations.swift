// SPDX-License-Identifier: Apache-2.0

/// Linear least squares with few unknowns, summed up observation by observation.
struct NormalEquations {
    private var matrix: [Double]
    private var right: [Double]
    private let count: Int

    /// Equations for `count` unknowns, at most eight.
    init(count: Int) {
        self.count = count
        matrix = [Double](repeating: 0, count: count * count)
        right = [Double](repeating: 0, count: count)
    }

    /// Forgets all observations.
    mutating func reset() {
        for index in matrix.indices { matrix[index] = 0 }
        for index in right.indices { right[index] = 0 }
    }

    /// Adds an observation: Σ coefficient × unknown = value, with a weight (1 / variance).
    mutating func add(_ coefficients: SIMD8<Double>, value: Double, weight: Double) {
        for i in 0..<count {
            right[i] += weight * coefficients[i] * value
            for j in 0...i { matrix[i * count + j] += weight * coefficients[i] * coefficients[j] }
        }
    }

    /// Draws an unknown towards 0 as an observation with this weight would.
    mutating func restrain(_ unknown: Int, weight: Double) { matrix[unknown * count + unknown] += weight }

    /// Solves by Cholesky's decomposition; nil if the observations do not fix the unknowns.
    func solve() -> SIMD8<Double>? {
        var lower = matrix
        for i in 0..<count {
            for j in 0...i {
                var sum = matrix[i * count + j]
                for k in 0..<j { sum -= lower[i * count + k] * lower[j * count + k] }
                if i == j {
                    guard sum > 1e-12 * matrix[i * count + i], sum > 0 else { return nil }
                    lower[i * count + i] = sum.squareRoot()
                } else {
                    lower[i * count + j] = sum / lower[j * count + j]
                }
            }
        }
        var solution = SIMD8<Double>.zero
        for i in 0..<count {
            var sum = right[i]
            for k in 0..<i { sum -= lower[i * count + k] * solution[k] }
            solution[i] = sum / lower[i * count + i]
        }
        for i in (0..<count).reversed() {
            var sum = solution[i]
            for k in (i + 1)..<max(count, i + 1) { sum -= lower[k * count + i] * solution[k] }
            solution[i] = sum / lower[i * count + i]
        }
        return solution
    }
}
