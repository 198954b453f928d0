// SPDX-License-Identifier: Apache-2.0

/// Writes XML that every reader accepts: UTF-8, declared, escaped, indented, attributes in the order given.
///
/// Calls never fail one by one; what cannot be written (a name with a space, a control character, an element left
/// open) is remembered and thrown by `finish`. The same calls give the same bytes.
public struct XMLWriter: Sendable {
    private var output: [UInt8]
    private var open: [OpenElement] = []
    private var problems: [XMLDiagnostic] = []
    private var rootIsDone = false
    private let indentation: Int

    private struct OpenElement {
        var name: String
        var isEmpty = true
        var hasText = false
    }

    /// A writer at the beginning of a document.
    ///
    /// - Parameter indentation: spaces for each level; 0 writes everything on one line.
    public init(indentation: Int = 2) {
        self.indentation = indentation
        output = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
    }

    /// Begins an element; `end` ends it.
    public mutating func start(_ name: String, _ attributes: [(name: String, value: String)] = []) {
        if !XMLWriter.isName(name) { problem("\"\(name)\" is not an XML name") }
        if open.isEmpty {
            if rootIsDone { problem("a second root element \"\(name)\"") }
        } else {
            closeStartTag()
            if !open[open.count - 1].hasText { newLine(depth: open.count) }
        }
        append("<" + name)
        var seen: Set<String> = []
        for attribute in attributes {
            if !XMLWriter.isName(attribute.name) { problem("\"\(attribute.name)\" is not an XML name") }
            if !seen.insert(attribute.name).inserted {
                problem("element \"\(name)\" has two attributes \"\(attribute.name)\"")
            }
            append(" " + attribute.name + "=\"")
            escape(attribute.value, inAttribute: true, of: name)
            append("\"")
        }
        open.append(OpenElement(name: name))
    }

    /// Ends the element that was begun last.
    public mutating func end() {
        guard let element = open.popLast() else { return problem("an element is ended that was not begun") }
        if element.isEmpty {
            append("/>")
        } else {
            if !element.hasText { newLine(depth: open.count) }
            append("</" + element.name + ">")
        }
        if open.isEmpty { rootIsDone = true }
    }

    /// Text in the element that was begun last.
    public mutating func text(_ text: String) {
        guard let element = open.last else { return problem("text outside the root element") }
        guard !text.isEmpty else { return }
        closeStartTag()
        open[open.count - 1].hasText = true
        escape(text, inAttribute: false, of: element.name)
    }

    /// A whole element with text or without content.
    public mutating func element(
        _ name: String, _ attributes: [(name: String, value: String)] = [], text content: String = ""
    ) {
        start(name, attributes)
        text(content)
        end()
    }

    /// Content of the element that was begun last which is XML already; nothing of it is looked at.
    public mutating func content(_ bytes: [UInt8]) {
        guard !open.isEmpty else { return problem("content outside the root element") }
        closeStartTag()
        open[open.count - 1].hasText = true
        output += bytes
    }

    /// What has been written so far, which is forgotten here: a document of any length can be written in pieces.
    ///
    /// - Throws: `XMLError` with code `notWritable` and everything that was wrong.
    public mutating func take() throws(XMLError) -> [UInt8] {
        guard problems.isEmpty else { throw XMLError(.notWritable, diagnostics: problems) }
        if !open.isEmpty { closeStartTag() }
        let taken = output
        output = []
        return taken
    }

    /// The document.
    ///
    /// - Throws: `XMLError` with code `notWritable` and everything that was wrong.
    public consuming func finish() throws(XMLError) -> [UInt8] {
        if let element = open.last { problem("element \"\(element.name)\" was not ended") }
        if open.isEmpty, !rootIsDone { problem("the document has no root element") }
        guard problems.isEmpty else { throw XMLError(.notWritable, diagnostics: problems) }
        output.append(UInt8(ascii: "\n"))
        return output
    }

    /// True for characters that XML 1.0 can hold (section 2.2).
    public static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    /// True for names of ASCII letters, digits, `_`, `-`, `.` with at most one prefix: less than XML allows, and all
    /// that the formats here need.
    public static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return parts.count <= 2
            && parts.allSatisfy { part in
                guard let first = part.first, isLetter(first) else { return false }
                return part.allSatisfy { isLetter($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 }
            }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
    }

    private mutating func problem(_ message: String) {
        problems.append(XMLDiagnostic(line: 0, column: 0, message: message))
    }

    private mutating func append(_ text: String) { output.append(contentsOf: text.utf8) }

    private mutating func newLine(depth: Int) {
        guard indentation > 0 else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * indentation))
    }

    /// Text as it stands in an element; nil if XML cannot hold it.
    public static func escaped(_ text: String) -> [UInt8]? {
        var writer = XMLWriter(indentation: 0)
        writer.output = []
        writer.escape(text, inAttribute: false, of: "")
        return writer.problems.isEmpty ? writer.output : nil
    }

    private mutating func closeStartTag() {
        guard open[open.count - 1].isEmpty else { return }
        open[open.count - 1].isEmpty = false
        append(">")
    }

    /// True for printable ASCII that means nothing in XML.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): false
        default: (0x20...0x7E).contains(byte)
        }
    }

    private mutating func escape(_ text: String, inAttribute: Bool, of element: String) {
        // Nearly all text needs no second look at its characters.
        guard !text.utf8.allSatisfy(XMLWriter.isPlain) else { return append(text) }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": append("&amp;")
            case "<": append("&lt;")
            case ">": append("&gt;")
            case "\"" where inAttribute: append("&quot;")
            // A reader would turn these into spaces, or a lone carriage return into a line feed.
            case "\t" where inAttribute, "\n" where inAttribute, "\r": append("&#\(scalar.value);")
            default:
                guard XMLWriter.isCharacter(scalar) else {
                    problem("element \"\(element)\" holds U+\(String(scalar.value, radix: 16)), which XML cannot")
                    continue
                }
                output.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
            }
        }
    }
}
