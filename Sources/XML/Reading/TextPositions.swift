// SPDX-License-Identifier: Apache-2.0

/// Turns byte offsets of UTF-8 text into lines and columns.
///
/// The parser asks in rising order, so each byte is looked at once; an offset that goes back starts anew.
struct TextPositions {
    private let text: [UInt8]
    private var offset = 0
    private var line = 1
    private var column = 1

    init(_ text: [UInt8]) { self.text = text }

    /// Line and column of the byte at `target`, both from 1; columns count characters (Unicode scalars).
    mutating func position(at target: Int) -> (line: Int, column: Int) {
        let end = min(max(target, 0), text.count)
        if end < offset {
            offset = 0
            line = 1
            column = 1
        }
        for byte in text[offset..<end] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        offset = end
        return (line, column)
    }
}
