// SPDX-License-Identifier: Apache-2.0

/// Loops of the temporal bank over one row.
enum TemporalBankKernels {
    /// Scores to whole units, limited.
    static func quantise(
        _ scores: UnsafePointer<Float>, unit: Float, limit: Float, into target: UnsafeMutablePointer<Int16>,
        count: Int
    ) {
        for x in 0..<count {
            let high = scores[x] > limit ? limit : scores[x]
            let value = high < -limit ? -limit : high
            // Adding half before cutting off rounds; the shift by 32 768 makes the cut the same on both sides of 0.
            target[x] = Int16(truncatingIfNeeded: Int32(value * unit + 32_768.5) &- 32_768)
        }
    }

    /// Adds the last block to the current one, which becomes the last block; the sum becomes the current one.
    static func add(
        block: UnsafeMutablePointer<Int16>, current: UnsafeMutablePointer<Int16>, norm: Float,
        into target: UnsafeMutablePointer<Float>, count: Int
    ) {
        for x in 0..<count {
            let sum = block[x] &+ current[x]
            block[x] = current[x]
            current[x] = sum
            target[x] = norm * Float(sum)
        }
    }

    /// Adds scores in whole units, limited, to sums.
    static func accumulate(
        _ scores: UnsafePointer<Float>, unit: Float, limit: Float, into sums: UnsafeMutablePointer<Int16>, count: Int
    ) {
        for x in 0..<count {
            let high = scores[x] > limit ? limit : scores[x]
            let value = high < -limit ? -limit : high
            sums[x] = sums[x] &+ Int16(truncatingIfNeeded: Int32(value * unit + 32_768.5) &- 32_768)
        }
    }
}
