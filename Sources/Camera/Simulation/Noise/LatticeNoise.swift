// SPDX-License-Identifier: Apache-2.0

/// Smooth random structure: random values on a unit lattice, interpolated. The same seed gives the same structure.
struct LatticeNoise: Sendable {
    let seed: UInt64

    /// Noise between 0 and 1 at a place; features have the size of one unit.
    func value(_ x: Double, _ y: Double) -> Double {
        let left = x.rounded(.down)
        let top = y.rounded(.down)
        let column = Int64(left)
        let row = Int64(top)
        let across = LatticeNoise.smooth(x - left)
        let down = LatticeNoise.smooth(y - top)
        let upper = node(column, row) * (1 - across) + node(column &+ 1, row) * across
        let lower = node(column, row &+ 1) * (1 - across) + node(column &+ 1, row &+ 1) * across
        return upper * (1 - down) + lower * down
    }

    /// Sum of `octaves` noises, each half as large in size and height as the one before; between 0 and 1.
    func fractal(_ x: Double, _ y: Double, octaves: Int) -> Double {
        var sum = 0.0
        var total = 0.0
        var weight = 1.0
        var scale = 1.0
        for octave in 0..<octaves {
            // The lattices are moved apart so that their nodes never fall together.
            let offset = 17.37 * Double(octave)
            sum += weight * value(x * scale + offset, y * scale - offset)
            total += weight
            weight *= 0.5
            scale *= 2
        }
        return total > 0 ? sum / total : 0
    }

    /// 0 below `lower`, 1 above `upper`, smooth between.
    static func step(_ value: Double, from lower: Double, to upper: Double) -> Double {
        smooth(min(max((value - lower) / (upper - lower), 0), 1))
    }

    private static func smooth(_ fraction: Double) -> Double { fraction * fraction * (3 - 2 * fraction) }

    private func node(_ column: Int64, _ row: Int64) -> Double {
        let mixed = SplitMix64.mixed(seed ^ UInt64(bitPattern: column) &* 0x9E37_79B9_7F4A_7C15)
        let bits = SplitMix64.mixed(mixed ^ UInt64(bitPattern: row) &* 0xC2B2_AE3D_27D4_EB4F)
        return Double(bits >> 11) * 0x1p-53
    }
}
