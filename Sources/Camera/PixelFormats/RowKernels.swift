// SPDX-License-Identifier: Apache-2.0

/// The inner loops that bring one row of samples into the form that frames have.
///
/// Given: a source of `layout.byteCount(samples: count)` bytes and a target of `count` samples (`UInt8` for layouts of
/// 8 bits, `UInt16` else, aligned to 2). The caller has checked both; nothing is checked here, so that the loops
/// vectorise. A sample above the layout's greatest value, which a faulty driver may deliver in the unused bits of a
/// word, becomes that greatest value. The layouts of whole bytes and words may be unpacked in place.
enum RowKernels {
    static func unpack(
        _ layout: SampleLayout, from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int
    ) {
        switch layout {
        case .bytes:
            target.copyMemory(from: source, byteCount: count)
        case .littleEndianWords(let bits):
            words(source, target, count, bits: bits) { UInt16(littleEndian: $0) }
        case .bigEndianWords(let bits):
            words(source, target, count, bits: bits) { UInt16(bigEndian: $0) }
        case .raw10: raw10(source, target, count)
        case .raw12: raw12(source, target, count)
        case .raw14: raw14(source, target, count)
        case .bitStream10: bitStream10(source, target, count)
        case .everySecondByte(let first): everySecondByte(source + first, target, count)
        case .redGreenBlue: luminance(source, target, count, red: 0, blue: 2)
        case .blueGreenRed: luminance(source, target, count, red: 2, blue: 0)
        case .redGreenBlueWords(let bits, let bigEndian):
            luminanceOfWords(source, target, count, red: 0, blue: 2, bits: bits, bigEndian: bigEndian)
        case .blueGreenRedWords(let bits, let bigEndian):
            luminanceOfWords(source, target, count, red: 2, blue: 0, bits: bits, bigEndian: bigEndian)
        }
    }

    @inline(__always)
    private static func words(
        _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int, bits: Int,
        order: (UInt16) -> UInt16
    ) {
        let greatest = UInt16((1 << bits) - 1)
        for position in 0..<count {
            let word = order(source.loadUnaligned(fromByteOffset: 2 * position, as: UInt16.self))
            target.storeBytes(of: min(word, greatest), toByteOffset: 2 * position, as: UInt16.self)
        }
    }

    private static func raw10(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
        groups(source, target, count, samples: 4, bytes: 5) { bytes, index in
            UInt16(bytes[index]) << 2 | UInt16(bytes[4]) >> UInt16(2 * index) & 3
        }
    }

    private static func raw12(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
        groups(source, target, count, samples: 2, bytes: 3) { bytes, index in
            UInt16(bytes[index]) << 4 | UInt16(bytes[2]) >> UInt16(4 * index) & 15
        }
    }

    private static func raw14(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
        groups(source, target, count, samples: 4, bytes: 7) { bytes, index in
            let low = UInt32(bytes[4]) | UInt32(bytes[5]) << 8 | UInt32(bytes[6]) << 16
            return UInt16(bytes[index]) << 6 | UInt16(truncatingIfNeeded: low >> UInt32(6 * index)) & 63
        }
    }

    private static func bitStream10(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
        // Only the bytes of the sample itself are touched: the last group of a row may be cut.
        groups(source, target, count, samples: 4, bytes: 5) { bytes, index in
            (UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])) >> UInt16(6 - 2 * index) & 1023
        }
    }

    /// Unpacks groups of 2 or 4 samples; `sample` gives the one at an index of the group that begins at a pointer.
    @inline(__always)
    private static func groups(
        _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int, samples: Int, bytes: Int,
        sample: (UnsafePointer<UInt8>, Int) -> UInt16
    ) {
        let input = source.assumingMemoryBound(to: UInt8.self)
        let output = target.assumingMemoryBound(to: UInt16.self)
        for group in 0..<count / samples {
            // Written out, so that the shifts are constants.
            let (first, place) = (input + bytes * group, output + samples * group)
            place[0] = sample(first, 0)
            place[1] = sample(first, 1)
            if samples == 4 {
                place[2] = sample(first, 2)
                place[3] = sample(first, 3)
            }
        }
        for position in count / samples * samples..<count {
            output[position] = sample(input + bytes * (position / samples), position % samples)
        }
    }

    private static func everySecondByte(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
        let bytes = source.assumingMemoryBound(to: UInt8.self)
        let samples = target.assumingMemoryBound(to: UInt8.self)
        for position in 0..<count { samples[position] = bytes[2 * position] }
    }

    /// Luminance of ITU-R BT.601 in 1/256: 77 red, 150 green, 29 blue, rounded.
    private static func luminance(
        _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int, red: Int, blue: Int
    ) {
        let bytes = source.assumingMemoryBound(to: UInt8.self)
        let samples = target.assumingMemoryBound(to: UInt8.self)
        for position in 0..<count {
            let pixel = bytes + 3 * position
            let sum = 77 * UInt32(pixel[red]) + 150 * UInt32(pixel[1]) + 29 * UInt32(pixel[blue]) + 128
            samples[position] = UInt8(truncatingIfNeeded: sum >> 8)
        }
    }

    private static func luminanceOfWords(
        _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int, red: Int, blue: Int, bits: Int,
        bigEndian: Bool
    ) {
        let samples = target.assumingMemoryBound(to: UInt16.self)
        let greatest = UInt32((1 << bits) - 1)
        for position in 0..<count {
            func component(_ index: Int) -> UInt32 {
                let word = source.loadUnaligned(fromByteOffset: 6 * position + 2 * index, as: UInt16.self)
                return UInt32(bigEndian ? UInt16(bigEndian: word) : UInt16(littleEndian: word))
            }
            let sum = 77 * component(red) + 150 * component(1) + 29 * component(blue) + 128
            samples[position] = UInt16(truncatingIfNeeded: min(sum >> 8, greatest))
        }
    }
}
