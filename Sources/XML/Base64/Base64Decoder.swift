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
        let start = output.count
        // Four bytes are stored at a time, the last of which the next ones overwrite.
        output.append(contentsOf: repeatElement(0, count: text.count / 4 * 3 + 8))
        var end = start
        var wrong: Int?
        text.withUnsafeBufferPointer { text in
            output.withUnsafeMutableBytes { output in
                var index = 0
                while index < text.count {
                    if sextets == 0, !hasEnded {
                        index += Base64Decoder.takeGroups(text, from: index, into: output, at: &end)
                        guard index < text.count else { break }
                    }
                    guard take(text[index], into: output, at: &end) else {
                        wrong = index
                        break
                    }
                    index += 1
                }
            }
        }
        output.removeLast(output.count - end)
        return wrong
    }

    /// One character; false if it cannot stand here.
    private mutating func take(_ character: UInt8, into output: UnsafeMutableRawBufferPointer, at end: inout Int)
        -> Bool
    {
        func append(_ bits: UInt32) {
            output[end] = UInt8(truncatingIfNeeded: bits)
            end += 1
        }
        let value = Base64Decoder.values[Int(character)]
        switch value {
        case 0..<64:
            guard !hasEnded else { return false }
            group = group << 6 | UInt32(value)
            sextets += 1
            if sextets == 4 {
                append(group >> 16)
                append(group >> 8)
                append(group)
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
            append(sextets == 2 ? group >> 4 : group >> 10)
            if sextets == 3 { append(group >> 2) }
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

    /// Takes groups of four characters, and ends of lines between them, as long as there is nothing else; returns how many
    /// characters.
    private static func takeGroups(
        _ text: UnsafeBufferPointer<UInt8>, from start: Int, into output: UnsafeMutableRawBufferPointer,
        at end: inout Int
    ) -> Int {
        guard let source = text.baseAddress, let target = output.baseAddress else { return 0 }
        return places.withUnsafeBufferPointer { places in
            var from = start
            var to = end
            let last = text.count - 4
            while from <= last {
                let word =
                    places[Int(source[from])] | places[256 + Int(source[from + 1])]
                    | places[512 + Int(source[from + 2])] | places[768 + Int(source[from + 3])]
                if word < 1 << 31 {
                    target.storeBytes(of: word, toByteOffset: to, as: UInt32.self)
                    from += 4
                    to += 3
                } else if source[from] == UInt8(ascii: "\n") {
                    from += 1
                } else {
                    break
                }
            }
            end = to
            return from - start
        }
    }
}
