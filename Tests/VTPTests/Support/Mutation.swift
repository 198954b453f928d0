// SPDX-License-Identifier: Apache-2.0

/// Random numbers that are the same in every run.
///
/// - Reference: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// The bytes with a few random changes: overwritten, inserted, deleted, doubled or cut off.
func mutated(_ bytes: [UInt8], using generator: inout SplitMix64) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !result.isEmpty {
        let position = Int.random(in: 0..<result.count, using: &generator)
        let end = Int.random(in: position...min(position + 40, result.count), using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: result[position] = UInt8.random(in: 0...255, using: &generator)
        case 1: result.insert(UInt8.random(in: 0...255, using: &generator), at: position)
        case 2: result.removeSubrange(position..<end)
        case 3: result.insert(contentsOf: result[position..<end], at: position)
        default: result.removeLast(result.count - position)
        }
    }
    return result
}
