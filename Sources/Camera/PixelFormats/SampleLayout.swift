// SPDX-License-Identifier: Apache-2.0

/// How the samples of one row stand in memory.
public enum SampleLayout: Sendable, Hashable {
    /// One byte a sample.
    case bytes
    /// Two bytes a sample, the low one first, right-aligned; `bits` is 9...16.
    case littleEndianWords(bits: Int)
    /// Two bytes a sample, the high one first, right-aligned; `bits` is 9...16.
    case bigEndianWords(bits: Int)
    /// MIPI RAW10: four bytes with the high bits of four samples, then one byte with their low bits, the first
    /// sample's lowest.
    case raw10
    /// MIPI RAW12: two bytes with the high bits of two samples, then one byte with their low bits.
    case raw12
    /// MIPI RAW14: four bytes with the high bits of four samples, then three bytes with their low bits.
    case raw14
    /// Ten bits a sample without gaps, most significant bit first.
    case bitStream10
    /// Luminance in every second byte, from byte `first` (0 or 1) on; the bytes between are chrominance.
    case everySecondByte(first: Int)
    /// Three bytes a pixel: red, green, blue.
    case redGreenBlue
    /// Three bytes a pixel: blue, green, red.
    case blueGreenRed
    /// Three words of two bytes a pixel: red, green, blue; `bits` is 9...16.
    case redGreenBlueWords(bits: Int, bigEndian: Bool)
    /// Three words of two bytes a pixel: blue, green, red; `bits` is 9...16.
    case blueGreenRedWords(bits: Int, bigEndian: Bool)

    /// Significant bits of a sample, 8...16.
    public var bitsPerSample: Int {
        switch self {
        case .bytes, .everySecondByte, .redGreenBlue, .blueGreenRed: 8
        case .littleEndianWords(let bits), .bigEndianWords(let bits): bits
        case .redGreenBlueWords(let bits, _), .blueGreenRedWords(let bits, _): bits
        case .raw10, .bitStream10: 10
        case .raw12: 12
        case .raw14: 14
        }
    }

    /// Bytes that a row of so many samples fills; a packed group in which the row ends counts whole, because the low
    /// bits stand at its end.
    public func byteCount(samples: Int) -> Int {
        switch self {
        case .bytes: samples
        case .littleEndianWords, .bigEndianWords: 2 * samples
        case .raw10: (samples + 3) / 4 * 5
        case .raw12: (samples + 1) / 2 * 3
        case .raw14: (samples + 3) / 4 * 7
        case .bitStream10: (10 * samples + 7) / 8
        case .everySecondByte: 2 * samples
        case .redGreenBlue, .blueGreenRed: 3 * samples
        case .redGreenBlueWords, .blueGreenRedWords: 6 * samples
        }
    }
}
