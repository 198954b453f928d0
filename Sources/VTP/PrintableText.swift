// SPDX-License-Identifier: Apache-2.0

extension String {
    /// Text of a peer made safe for a log line or a terminal: control characters replaced, at most 300 characters.
    public var printable: String {
        let limit = 300
        if utf8.count <= limit, isPlainASCII { return self }
        let scalars = unicodeScalars.prefix(limit + 1)
        var text = String.UnicodeScalarView(scalars.prefix(limit).map { $0.isControl ? "\u{FFFD}" : $0 })
        if scalars.count > limit { text.append("…") }
        return String(text)
    }

    /// True if the text holds what could move a terminal's cursor, break a line or hide text.
    var hasControlCharacters: Bool { !isPlainASCII && unicodeScalars.contains(where: \.isControl) }

    /// True if all characters are printable ASCII, as nearly all text of peers is; to ask Unicode takes far longer.
    var isPlainASCII: Bool { utf8.allSatisfy { (0x20...0x7E).contains($0) } }

    /// The text without white space at both ends.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }
}
