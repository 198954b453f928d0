// SPDX-License-Identifier: Apache-2.0

/// Turns base64 text into bytes, piece by piece; white space is passed over.
///
/// - Reference: RFC 4648, section 4, as XML Schema's `base64Binary` allows it.
public struct Base64Decoder: Sendable {
    /// Sextets of a group that is not complete yet, the first in the highest bits.
    private var group: UInt32 = 0
    private var sextets = 0
    private var hasEnded = false

    /// A decoder at the beginning of a text.
    public init() {}

    /// True if no group of four characters is left open.
    public var isComplete: Bool { sextets == 0 }

    /// Appends the bytes of more text.
    ///
    /// - Returns: index of the first character that cannot stand there; nil if all is well.
    public mutating func decode(_ text: Span<UInt8>, into output: inout [UInt8]) -> Int? {
        text.withUnsafeBufferPointer { text in
            var index = 0
            while index < text.count {
                if sextets == 0, !hasEnded { index += Base64Decoder.takeGroups(text, from: index, into: &output) }
                guard index < text.count else { break }
                guard take(text[index], into: &output) else { return index }
                index += 1
            }
            return nil
        }
    }

    /// One character; false if it cannot stand here.
    private mutating func take(_ character: UInt8, into output: inout [UInt8]) -> Bool {
        let value = Base64Decoder.values[Int(character)]
        switch value {
        case 0..<64:
            guard !hasEnded else { return false }
            group = group << 6 | UInt32(value)
            sextets += 1
            if sextets == 4 {
                output.append(UInt8(truncatingIfNeeded: group >> 16))
                output.append(UInt8(truncatingIfNeeded: group >> 8))
                output.append(UInt8(truncatingIfNeeded: group))
                (group, sextets) = (0, 0)
            }
            return true
        case Base64Decoder.padding:
            // Two or three characters make one or two bytes; the rest of the four is padding.
            if hasEnded, sextets == 3 {
                sextets = 0
                return true
            }
            guard !hasEnded, sextets >= 2 else { return false }
            output.append(UInt8(truncatingIfNeeded: sextets == 2 ? group >> 4 : group >> 10))
            if sextets == 3 { output.append(UInt8(truncatingIfNeeded: group >> 2)) }
            hasEnded = true
            sextets = sextets == 3 ? 0 : 3
            return true
        case Base64Decoder.blank: return true
        default: return false
        }
    }

    private static let padding: UInt8 = 64
    private static let blank: UInt8 = 65
    private static let wrong: UInt8 = 255

    /// What each character stands for.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: wrong, count: 256)
        for (value, character) in Base64Encoder.alphabet.enumerated() { table[Int(character)] = UInt8(value) }
        table[Int(UInt8(ascii: "="))] = padding
        for character in [9, 10, 13, 32] { table[character] = blank }
        return table
    }()

    /// Four tables, one for each place in a group, with the value where it belongs in the three bytes, the first byte
    /// lowest as it lies in memory; what is no value has its highest bit set.
    private static let places: [UInt32] = (0..<4).flatMap { place in
        (0..<256).map { character -> UInt32 in
            let value = values[character]
            guard value < 64 else { return 1 << 31 }
            let bits = UInt32(value) << UInt32(18 - 6 * place)
            return bits >> 16 | (bits & 0xFF00) | (bits & 0xFF) << 16
        }
    }

    /// Takes groups of four characters as long as they are nothing else; returns how many characters.
    private static func takeGroups(
        _ text: UnsafeBufferPointer<UInt8>, from start: Int, into output: inout [UInt8]
    ) -> Int {
        let groups = (text.count - start) / 4
        guard groups > 0, let base = text.baseAddress else { return 0 }
        // Each store writes a byte too many, which the next one overwrites.
        let room = min(groups, 1 << 16)
        var taken = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: room * 3 + 1) { buffer, count in
            guard let target = buffer.baseAddress else { return }
            let destination = UnsafeMutableRawPointer(target)
            places.withUnsafeBufferPointer { places in
                var from = base + start
                while taken < room {
                    let word =
                        places[Int(from[0])] | places[256 + Int(from[1])] | places[512 + Int(from[2])]
                        | places[768 + Int(from[3])]
                    if word >= 1 << 31 { break }
                    destination.storeBytes(of: word, toByteOffset: taken * 3, as: UInt32.self)
                    from += 4
                    taken += 1
                }
            }
            count = taken * 3
        }
        output.append(contentsOf: chunk)
        return taken * 4
    }
}
