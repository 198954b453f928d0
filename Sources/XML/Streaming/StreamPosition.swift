// SPDX-License-Identifier: Apache-2.0

/// A place in a stream: how many bytes lie before it, and in which line and column it is.
struct StreamPosition {
    /// Bytes before it.
    private(set) var offset = 0
    private(set) var line = 1
    private(set) var column = 1

    /// Moves on over bytes; columns count characters.
    mutating func advance(over bytes: UnsafeBufferPointer<UInt8>) {
        offset += bytes.count
        // Counting alone is a loop that vectors can do.
        let newline = UInt8(ascii: "\n")
        var lines = 0
        for byte in bytes where byte == newline { lines += 1 }
        line += lines
        var tail = bytes[...]
        if lines > 0, let last = bytes.lastIndex(of: newline) {
            column = 1
            tail = bytes[(last + 1)...]
        }
        for byte in tail where byte & 0xC0 != 0x80 { column += 1 }
    }

    /// The place some bytes further on.
    func advanced(over bytes: UnsafeBufferPointer<UInt8>) -> StreamPosition {
        var result = self
        result.advance(over: bytes)
        return result
    }
}
