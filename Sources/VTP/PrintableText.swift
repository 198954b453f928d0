// SPDX-License-Identifier: Apache-2.0

extension String {
    /// Text of a peer made safe for a log line or a terminal: control characters replaced, at most 300 characters.
    public var printable: String {
        let limit = 300
        var text = String.UnicodeScalarView()
        var count = 0
        for scalar in unicodeScalars {
            if count == limit {
                text.append("…")
                break
            }
            text.append(scalar.isUnsafeInText ? "\u{FFFD}" : scalar)
            count += 1
        }
        return String(text)
    }

    /// The text without spaces, tabs and line ends at both ends.
    var trimmed: String {
        func isSpace(_ character: Character) -> Bool { character.isWhitespace }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}

extension Unicode.Scalar {
    /// True for what could move a terminal's cursor, break a line or hide text.
    private var isControl: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }

    /// True if the character must not reach a log line.
    fileprivate var isUnsafeInText: Bool { isControl }
}
