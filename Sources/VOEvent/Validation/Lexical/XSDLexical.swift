// SPDX-License-Identifier: Apache-2.0

/// The lexical forms of the XML Schema data types that VOEvent uses.
///
/// - Reference: W3C XML Schema Part 2: Datatypes, second edition, sections 3.2.4 (float), 3.2.7 (dateTime),
///   3.2.17 (anyURI), 3.3.8 (ID).
enum XSDLexical {
    /// The text without white space at both ends and with single spaces within (`whiteSpace` = `collapse`).
    static func collapsed(_ text: String) -> String {
        text.utf8.split(whereSeparator: isWhiteSpace).map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    /// True for the four characters that XML counts as white space.
    static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x9 || byte == 0xA || byte == 0xD }

    /// The number that an `xs:float` writes; nil if the text is not one. White space around it does not matter.
    static func float(_ text: String) -> Double? {
        let text = collapsed(text)
        switch text {
        case "INF": return .infinity
        case "-INF": return -.infinity
        case "NaN": return .nan
        default: break
        }
        var rest = text.utf8[...]
        if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let whole = takeDigits(&rest)
        var decimals = 0
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            decimals = takeDigits(&rest)
        }
        guard whole + decimals > 0 else { return nil }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
            guard takeDigits(&rest) > 0 else { return nil }
        }
        guard rest.isEmpty else { return nil }
        return Double(text) ?? Double(text.hasSuffix(".") ? text + "0" : text)
    }

    /// True for an `xs:ID`: a name without a colon (XML 1.0, fifth edition, section 2.3).
    static func isID(_ text: String) -> Bool {
        let name = collapsed(text).unicodeScalars
        guard let first = name.first, isNameStart(first) else { return false }
        return name.allSatisfy(isNameCharacter)
    }

    /// Takes the digits at the front and tells how many there were.
    static func takeDigits(_ rest: inout Substring.UTF8View) -> Int {
        let count = rest.prefix { (48...57).contains($0) }.count
        rest.removeFirst(count)
        return count
    }

    private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF,
            0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD,
            0x10000...0xEFFFF:
            true
        default: false
        }
    }

    private static func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
        default: isNameStart(scalar)
        }
    }
}
