// SPDX-License-Identifier: Apache-2.0

/// Finds out the byte order of samples above 8 bits from the image itself.
///
/// The header has a flag, `LittleEndian`, but the first programs wrote it with the opposite meaning (0 for
/// little-endian samples) and most have followed them, while some follow the description. An image read in the wrong
/// order is noise: neighbouring samples differ by multiples of 256. So the smoother order is the right one.
///
/// Given: pieces of rows by `add`. Returned: `verdict`. Notes: (1) samples above the declared depth rule an order out.
/// (2) At 16 bits, samples that use only one of their bytes are equally smooth in both orders but for a factor of 256:
/// then the flag decides, in the meaning that most programs give it.
struct SERByteOrder {
    /// What the flag of a file with samples in this machine's order is, in the meaning that most programs give it.
    static var flagOfThisMachine: Int32 { UInt16(1).littleEndian == 1 ? 0 : 1 }

    /// The byte order and how it was found.
    struct Verdict: Equatable {
        var isBigEndian: Bool
        /// True if the image decided, false if the flag had to.
        var isSeen: Bool
        /// Samples are greater than the declared depth allows, in either order: they fill all 16 bits.
        var exceedsDepth: Bool
    }

    private let bitsPerSample: Int
    private let step: Int
    private let flag: Int32
    private var little = Evidence()
    private var big = Evidence()

    private struct Evidence {
        var sumOfDifferences: UInt64 = 0
        var tooGreat = 0
        var allBits: UInt16 = 0
    }

    /// A test for samples of so many bits (9...16) of which every `step`-th in a row has the same colour.
    init(bitsPerSample: Int, step: Int, flag: Int32) {
        self.bitsPerSample = bitsPerSample
        self.step = step
        self.flag = flag
    }

    /// Takes the bytes of a row, or of a piece of one, into account.
    mutating func add(_ bytes: [UInt8]) {
        add(bytes, to: &little) { UInt16($0) | UInt16($1) << 8 }
        add(bytes, to: &big) { UInt16($1) | UInt16($0) << 8 }
    }

    private func add(_ bytes: [UInt8], to evidence: inout Evidence, word: (UInt8, UInt8) -> UInt16) {
        let greatest = UInt16((1 << bitsPerSample) - 1)
        for sample in 0..<bytes.count / 2 {
            let value = word(bytes[2 * sample], bytes[2 * sample + 1])
            evidence.allBits |= value
            if value > greatest { evidence.tooGreat += 1 }
            guard sample >= step else { continue }
            let before = word(bytes[2 * (sample - step)], bytes[2 * (sample - step) + 1])
            evidence.sumOfDifferences += UInt64(value > before ? value - before : before - value)
        }
    }

    /// The byte order of what was added.
    var verdict: Verdict {
        func verdict(_ isBigEndian: Bool, isSeen: Bool) -> Verdict {
            Verdict(
                isBigEndian: isBigEndian, isSeen: isSeen, exceedsDepth: (isBigEndian ? big : little).tooGreat > 0)
        }
        if (little.tooGreat == 0) != (big.tooGreat == 0) { return verdict(big.tooGreat == 0, isSeen: true) }
        let usesOneByte = little.allBits & 0xFF == 0 || little.allBits & 0xFF00 == 0
        if little.sumOfDifferences == big.sumOfDifferences || (usesOneByte && bitsPerSample == 16) {
            return verdict(flag != 0, isSeen: false)
        }
        return verdict(big.sumOfDifferences < little.sumOfDifferences, isSeen: true)
    }
}
