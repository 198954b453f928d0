// SPDX-License-Identifier: Apache-2.0

/// A hash by which the archive finds events with the same VOEvent element.
///
/// It only narrows the search: equal hashes are followed by a comparison of the bytes.
enum RootHash {
    /// FNV-1a, 64 bits: stable between runs, which Swift's own hashing is not.
    ///
    /// - Reference: G. Fowler, L. Noll, K.-P. Vo, "The FNV Non-Cryptographic Hash Algorithm", RFC 9923.
    static func of(_ bytes: ArraySlice<UInt8>) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes {
            hash ^= UInt64(byte)
            hash &*= 0x0000_0100_0000_01b3
        }
        return Int64(bitPattern: hash)
    }
}
