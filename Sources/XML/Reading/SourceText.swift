// SPDX-License-Identifier: Apache-2.0
import CXML2

#if canImport(Glibc)
    import Glibc
#endif

/// A document as UTF-8 text, whatever its encoding was.
///
/// libxml2 could convert while it parses, but would then count offsets in a text that nobody has: lines, columns
/// and byte ranges need the text itself.
struct SourceText {
    /// The text without byte order mark.
    let utf8: [UInt8]
    /// Name of the encoding, in capitals.
    let encoding: String
    private let widths: Widths

    /// How many received bytes a character of the text took.
    private enum Widths {
        case utf8(byteOrderMark: Int)
        case utf16(byteOrderMark: Int)
        case oneByte
        case unknown
    }

    init(_ bytes: [UInt8]) throws(XMLError) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            self.init(utf8: Array(bytes.dropFirst(3)), encoding: "UTF-8", widths: .utf8(byteOrderMark: 3))
        } else if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0x00, 0x3C]) {
            try self.init(utf16: bytes, bigEndian: true)
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0x3C, 0x00]) {
            try self.init(utf16: bytes, bigEndian: false)
        } else {
            try self.init(declared: bytes)
        }
    }

    private init(utf8: [UInt8], encoding: String, widths: Widths) {
        self.utf8 = utf8
        self.encoding = encoding
        self.widths = widths
    }

    private init(utf16 bytes: [UInt8], bigEndian: Bool) throws(XMLError) {
        guard bytes.count % 2 == 0 else {
            throw XMLError(.encoding, message: "UTF-16 text ends in the middle of a character")
        }
        let hasMark = bytes[0] >= 0xFE
        let units = stride(from: hasMark ? 2 : 0, to: bytes.count, by: 2).map { index in
            let high = UInt16(bytes[bigEndian ? index : index + 1])
            return high << 8 | UInt16(bytes[bigEndian ? index + 1 : index])
        }
        var text: [UInt8] = []
        text.reserveCapacity(units.count)
        let broken = transcode(units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true) {
            text.append($0)
        }
        guard !broken else { throw XMLError(.encoding, message: "the bytes are not UTF-16: a surrogate stands alone") }
        self.init(utf8: text, encoding: "UTF-16", widths: .utf16(byteOrderMark: hasMark ? 2 : 0))
    }

    private init(declared bytes: [UInt8]) throws(XMLError) {
        let name = SourceText.declaredEncoding(bytes) ?? "UTF-8"
        // The converter behind libxml2 would take more than names: suffixes that let wrong bytes pass.
        guard name.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) || "-._".utf8.contains($0) })
        else {
            throw XMLError(.encoding, line: 1, column: 1, message: "the declared encoding has no proper name")
        }
        switch name {
        case "UTF-8", "UTF8":
            self.init(utf8: bytes, encoding: "UTF-8", widths: .utf8(byteOrderMark: 0))
        case "US-ASCII", "ASCII":
            guard !bytes.contains(where: { $0 >= 0x80 }) else {
                throw XMLError(.encoding, message: "the document declares \(name) but has other characters")
            }
            self.init(utf8: bytes, encoding: name, widths: .utf8(byteOrderMark: 0))
        case "ISO-8859-1", "ISO_8859-1", "LATIN1":
            self.init(
                utf8: bytes.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }, encoding: name,
                widths: .oneByte)
        case _ where name.hasPrefix("UTF-16") || name.hasPrefix("UTF-32") || name.hasPrefix("ISO-10646-UCS"):
            throw XMLError(.encoding, message: "the document declares \(name), but its bytes are not")
        default:
            self.init(
                utf8: try SourceText.converted(bytes, from: name), encoding: name, widths: .unknown)
        }
    }

    /// The received bytes of a range of the text; nil if the encoding does not let it be told.
    func receivedRange(ofText range: Range<Int>) -> Range<Int>? {
        switch widths {
        case .utf8(let mark): return range.lowerBound + mark..<range.upperBound + mark
        case .utf16(let mark):
            // A character of four bytes in UTF-8 is two units in UTF-16, every other one unit.
            func units(_ part: ArraySlice<UInt8>) -> Int {
                part.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : $1 >= 0xF0 ? 2 : 1) }
            }
            let start = mark + 2 * units(utf8[..<range.lowerBound])
            return start..<start + 2 * units(utf8[range])
        case .oneByte:
            func characters(_ part: ArraySlice<UInt8>) -> Int { part.count { $0 & 0xC0 != 0x80 } }
            let start = characters(utf8[..<range.lowerBound])
            return start..<start + characters(utf8[range])
        case .unknown: return nil
        }
    }

    /// The encoding that the first bytes of a document tell, in capitals.
    static func encoding(of head: [UInt8]) -> String {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return "UTF-8" }
        let marks: [[UInt8]] = [[0xFE, 0xFF], [0x00, 0x3C], [0xFF, 0xFE], [0x3C, 0x00]]
        if marks.contains(where: { head.starts(with: $0) }) { return "UTF-16" }
        return declaredEncoding(head) ?? "UTF-8"
    }

    /// The encoding in `<?xml … encoding="…"?>`, in capitals; nil without one. The declaration is ASCII.
    private static func declaredEncoding(_ bytes: [UInt8]) -> String? {
        guard bytes.starts(with: "<?xml".utf8) else { return nil }
        let head = Array(bytes.prefix(256))
        guard let end = head.firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let declaration = String(decoding: head[..<end], as: UTF8.self)
        let words = declaration.split { " \t\r\n=".contains($0) }
        guard let label = words.firstIndex(of: "encoding"), label + 1 < words.endIndex else { return nil }
        return words[label + 1].filter { $0 != "\"" && $0 != "'" && $0 != "?" }.uppercased()
    }

    private static func converted(_ bytes: [UInt8], from name: String) throws(XMLError) -> [UInt8] {
        var output: UnsafeMutablePointer<CChar>?
        var count = 0
        let status = bytes.withUnsafeBytes { raw in
            cxml2_to_utf8(name, raw.bindMemory(to: CChar.self).baseAddress, raw.count, &output, &count)
        }
        defer { free(output) }
        switch status {
        case 0:
            let text = UnsafeRawBufferPointer(start: output, count: count)
            return Array(text)
        case 1:
            throw XMLError(
                .encoding, line: 1, column: 1, message: "the encoding \"\(name)\" is unknown",
                remedy: "send the document in UTF-8")
        case 2: throw XMLError(.encoding, message: "the bytes do not follow the declared encoding \(name)")
        default: throw XMLError(.memory, message: "no memory to convert the document from \(name)")
        }
    }
}
