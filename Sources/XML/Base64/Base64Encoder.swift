// SPDX-License-Identifier: Apache-2.0

/// Turns bytes into base64 text in lines of 76 characters, piece by piece.
///
/// - Reference: RFC 4648, section 4; the length of lines is that of RFC 2045.
public struct Base64Encoder: Sendable {
    static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    /// Bytes of a line: 19 groups of three.
    private static let lineBytes = 57
    /// Bytes that do not fill a line yet.
    private var rest: [UInt8] = []

    /// Two characters for each twelve bits, the first in the lower byte.
    private static let pairs: [UInt16] = (0..<4096).map {
        UInt16(alphabet[$0 >> 6]) | UInt16(alphabet[$0 & 63]) << 8
    }

    /// An encoder at the beginning of a text.
    public init() {}

    /// Appends the lines that more bytes make.
    public mutating func encode(_ bytes: [UInt8], into output: inout [UInt8]) {
        var start = 0
        if !rest.isEmpty {
            start = min(Base64Encoder.lineBytes - rest.count, bytes.count)
            rest += bytes[..<start]
            guard rest.count == Base64Encoder.lineBytes else { return }
            Base64Encoder.lines(of: rest[...], into: &output)
            rest.removeAll(keepingCapacity: true)
        }
        let whole = (bytes.count - start) / Base64Encoder.lineBytes * Base64Encoder.lineBytes
        Base64Encoder.lines(of: bytes[start..<(start + whole)], into: &output)
        rest += bytes[(start + whole)...]
    }

    /// Appends the last line, with its padding.
    public mutating func finish(into output: inout [UInt8]) {
        guard !rest.isEmpty else { return }
        let padding = (3 - rest.count % 3) % 3
        rest.append(contentsOf: repeatElement(0, count: padding))
        let start = output.count
        Base64Encoder.lines(of: rest[...], into: &output)
        // Without the line feed, the padding is at the end.
        if output.count > start, output.last == UInt8(ascii: "\n") { output.removeLast() }
        for index in 0..<padding { output[output.count - 1 - index] = UInt8(ascii: "=") }
        output.append(UInt8(ascii: "\n"))
        rest = []
    }

    /// Whole groups of three bytes, a line feed after each 57.
    private static func lines(of bytes: ArraySlice<UInt8>, into output: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let lineCount = (bytes.count + lineBytes - 1) / lineBytes
        let text = [UInt8](unsafeUninitializedCapacity: bytes.count / 3 * 4 + lineCount) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            let destination = UnsafeMutableRawPointer(base)
            bytes.withUnsafeBufferPointer { bytes in
                pairs.withUnsafeBufferPointer { pairs in
                    var index = 0
                    while index < bytes.count {
                        let end = min(index + lineBytes, bytes.count)
                        while index + 2 < end {
                            let word = Int(bytes[index]) << 16 | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
                            let four = UInt32(pairs[word >> 12]) | UInt32(pairs[word & 4095]) << 16
                            destination.storeBytes(of: four, toByteOffset: count, as: UInt32.self)
                            count += 4
                            index += 3
                        }
                        buffer[count] = UInt8(ascii: "\n")
                        count += 1
                        index = end
                    }
                }
            }
        }
        output.append(contentsOf: text)
    }
}
