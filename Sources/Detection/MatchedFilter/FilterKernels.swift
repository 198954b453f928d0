// SPDX-License-Identifier: Apache-2.0

/// Loops of the separable matched filter over rows with margins (`ScratchRow`): whole vectors of eight, which may
/// read and write up to seven elements past the last column.
enum FilterKernels {
    private typealias Vector = SIMD8<Float>

    @inline(__always)
    private static func load(_ pointer: UnsafePointer<Float>, _ index: Int) -> Vector {
        UnsafeRawPointer(pointer + index).loadUnaligned(as: Vector.self)
    }

    @inline(__always)
    private static func store(_ value: Vector, _ pointer: UnsafeMutablePointer<Float>, _ index: Int) {
        UnsafeMutableRawPointer(pointer + index).storeBytes(of: value, as: Vector.self)
    }

    /// Symmetric filter along a row; `source` needs `weights.count - 1` valid elements on either side.
    static func horizontal(
        _ source: UnsafePointer<Float>, weights: UnsafeBufferPointer<Float>, into target: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        var x = 0
        while x < count {
            var sum = weights[0] * load(source, x)
            for j in 1..<weights.count { sum += weights[j] * (load(source, x - j) + load(source, x + j)) }
            store(sum, target, x)
            x += 8
        }
    }

    /// Symmetric filter across rows. `rows[radius]` is the middle one. Returns the greatest value of the result.
    static func vertical(
        _ rows: UnsafeBufferPointer<UnsafeMutablePointer<Float>>, weights: UnsafeBufferPointer<Float>,
        into target: UnsafeMutablePointer<Float>, count: Int
    ) -> Float {
        let radius = weights.count - 1
        var greatest = Vector(repeating: -.infinity)
        var x = 0
        while x + 8 <= count {
            var sum = weights[0] * load(rows[radius], x)
            for j in 1...radius { sum += weights[j] * (load(rows[radius - j], x) + load(rows[radius + j], x)) }
            store(sum, target, x)
            greatest.replace(with: sum, where: sum .> greatest)
            x += 8
        }
        var result = greatest.max()
        while x < count {
            var sum = weights[0] * rows[radius][x]
            for j in 1...radius { sum += weights[j] * (rows[radius - j][x] + rows[radius + j][x]) }
            target[x] = sum
            result = max(result, sum)
            x += 1
        }
        return result
    }
}
