// SPDX-License-Identifier: Apache-2.0

extension Array where Element == UInt8 {
    /// The bytes in pieces of random lengths, as a network delivers them: mostly some bytes, at times a lot.
    func pieces(seed: UInt64) -> [ArraySlice<UInt8>] {
        var numbers = SplitMix64(state: seed)
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        while start < count {
            let longest = Bool.random(using: &numbers) ? 4 : 500
            let end = Swift.min(start + Int.random(in: 1...longest, using: &numbers), count)
            pieces.append(self[start..<end])
            start = end
        }
        return pieces
    }
}
