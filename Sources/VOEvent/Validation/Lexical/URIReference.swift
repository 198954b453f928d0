// SPDX-License-Identifier: Apache-2.0

/// The form of an `xs:anyURI`: a URI reference once the characters that a URI must escape are taken as escaped.
///
/// - Reference: W3C XML Schema Part 2, section 3.2.17 (spaces, control characters, `<>"{}|\^` and the backquote, and
///   everything beyond ASCII are allowed and stand for their escapes); RFC 3986, appendix A, for the rest.
enum URIReference {
    /// True if the text is one; the empty text is.
    static func isValid(_ text: String) -> Bool {
        let bytes = XSDLexical.collapsed(text).utf8.map { mustBeEscaped($0) ? UInt8(ascii: "_") : $0 }
        var rest = bytes[...]
        if let colon = schemeEnd(bytes) { rest = bytes[(colon + 1)...] }
        let hasScheme = rest.startIndex > 0
        if rest.starts(with: "//".utf8) {
            rest.removeFirst(2)
            let authority = rest.prefix {
                $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
            }
            guard isAuthority(authority) else { return false }
            rest.removeFirst(authority.count)
        } else if !hasScheme {
            // Without a scheme the first segment of the path must not look like one.
            let segment = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
            guard !segment.contains(UInt8(ascii: ":")) else { return false }
        }
        let path = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard consists(path, alsoOf: ":@/") else { return false }
        rest.removeFirst(path.count)
        if rest.first == UInt8(ascii: "?") {
            let query = rest.prefix { $0 != UInt8(ascii: "#") }
            guard consists(query, alsoOf: ":@/?") else { return false }
            rest.removeFirst(query.count)
        }
        guard rest.first == UInt8(ascii: "#") else { return rest.isEmpty }
        // RFC 3986 has no brackets here; XML Schema's older grammar lets them pass, and so does libxml2.
        return consists(rest.dropFirst(), alsoOf: ":@/?[]")
    }

    private static func mustBeEscaped(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte >= 0x7F || "<>\"{}|\\^`".utf8.contains(byte)
    }

    /// Index of the colon that ends a scheme; nil without a scheme.
    private static func schemeEnd(_ bytes: [UInt8]) -> Int? {
        guard let first = bytes.first, isLetter(first) else { return nil }
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: ":") { return index }
            guard isLetter(byte) || isDigit(byte) || "+-.".utf8.contains(byte) else { return nil }
        }
        return nil
    }

    private static func isAuthority(_ authority: ArraySlice<UInt8>) -> Bool {
        var host = authority
        if let at = authority.firstIndex(of: UInt8(ascii: "@")) {
            guard consists(authority[..<at], alsoOf: ":") else { return false }
            host = authority[(at + 1)...]
        }
        if host.first == UInt8(ascii: "[") {
            guard let end = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
            host = host[(end + 1)...]
        } else {
            let name = host.prefix { $0 != UInt8(ascii: ":") }
            guard consists(name, alsoOf: "") else { return false }
            host.removeFirst(name.count)
        }
        if host.first == UInt8(ascii: ":") { host.removeFirst() }
        return host.allSatisfy(isDigit)
    }

    /// True if there are only unreserved characters, sub-delimiters, whole percent escapes and those in `others`.
    private static func consists(_ part: ArraySlice<UInt8>, alsoOf others: String) -> Bool {
        var index = part.startIndex
        while index < part.endIndex {
            let byte = part[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < part.endIndex, isHexDigit(part[index + 1]), isHexDigit(part[index + 2]) else {
                    return false
                }
                index += 3
                continue
            }
            guard
                isLetter(byte) || isDigit(byte) || "-._~!$&'()*+,;=".utf8.contains(byte) || others.utf8.contains(byte)
            else { return false }
            index += 1
        }
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    private static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }
}
