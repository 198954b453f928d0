// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The xoshiro256++ generator: a fast source of 64 random bits, the same on every machine for the same seed.
///
/// - Reference: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM Transactions on
///   Mathematical Software 47 (2021) 36; seeding by SplitMix64 as they recommend.
public struct Xoshiro256: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// A generator for one purpose. Different streams of one seed are independent for all practical ends.
    public init(seed: UInt64, stream: UInt64 = 0) {
        var mixer = SplitMix64(seed: seed ^ SplitMix64.mixed(stream &+ 0x9E37_79B9_7F4A_7C15))
        state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        let sum = state.0 &+ state.3
        let result = ((sum << 23) | (sum >> 41)) &+ state.0
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = (state.3 << 45) | (state.3 >> 19)
        return result
    }

    /// A number of the half-open interval from 0 to 1.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// An exponentially distributed number of mean 1.
    public mutating func exponential() -> Double { -log(1 - uniform()) }

    /// A number of the half-open interval from the lower to the upper bound.
    public mutating func uniform(_ lower: Double, _ upper: Double) -> Double { lower + (upper - lower) * uniform() }
}
