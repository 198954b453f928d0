// SPDX-License-Identifier: Apache-2.0

/// A look over the text before libxml2 sees it: how many attributes does each start tag have?
///
/// libxml2 compares every attribute of a tag with every other, and tells of the tag only afterwards: a megabyte of
/// attributes would cost minutes. This scan costs one pass and need not be exact on text that is not well-formed.
enum StartTagScan {
    /// - Throws: `XMLError.limit` at the first tag with more than `maximumAttributes` attributes.
    static func check(_ text: [UInt8], maximumAttributes: Int) throws(XMLError) {
        let excess = text.withUnsafeBufferPointer { firstExcess($0, maximumAttributes: maximumAttributes) }
        guard let excess else { return }
        var positions = TextPositions(text)
        let (line, column) = positions.position(at: excess)
        throw XMLError(
            .limit, line: line, column: column,
            message: "an element has more attributes than the limit of \(maximumAttributes)")
    }

    /// Offset of the `<` of the first tag with too many attributes. The limit holds for a declaration too.
    private static func firstExcess(_ text: UnsafeBufferPointer<UInt8>, maximumAttributes: Int) -> Int? {
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "<") else {
                index += 1
                continue
            }
            if let end = endOfUnparsed(text, from: index) {
                index = end
                continue
            }
            let start = index
            var attributes = 0
            index += 1
            tag: while index < text.count {
                switch text[index] {
                case UInt8(ascii: ">"), UInt8(ascii: "<"): break tag
                case UInt8(ascii: "="):
                    attributes += 1
                    if attributes > maximumAttributes { return start }
                case let quote where quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"):
                    index += 1
                    // A '<' cannot stand in a value; stopping there keeps a lone quote from hiding what follows.
                    while index < text.count, text[index] != quote, text[index] != UInt8(ascii: "<") { index += 1 }
                    if index < text.count, text[index] == UInt8(ascii: "<") { break tag }
                default: break
                }
                index += 1
            }
        }
        return nil
    }

    /// Where a comment, CDATA section or processing instruction that begins here ends; nil if none begins here.
    private static func endOfUnparsed(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        func matches(_ word: StaticString, at index: Int) -> Bool {
            guard index + word.utf8CodeUnitCount <= text.count else { return false }
            return (0..<word.utf8CodeUnitCount).allSatisfy { text[index + $0] == word.utf8Start[$0] }
        }
        let closing: StaticString
        if matches("<!--", at: start) {
            closing = "-->"
        } else if matches("<![CDATA[", at: start) {
            closing = "]]>"
        } else if matches("<?", at: start) {
            closing = "?>"
        } else {
            return nil
        }
        var index = start + 2
        while index < text.count, !matches(closing, at: index) { index += 1 }
        return min(index + closing.utf8CodeUnitCount, text.count)
    }
}
