// SPDX-License-Identifier: Apache-2.0

/// Counts attributes of a start tag while it comes in.
///
/// libxml2 compares every attribute of a tag with every other, and tells of the tag only afterwards; so they are counted
/// before. The count need not be exact on text that is not well-formed.
struct AttributeCount {
    private var isInTag = false
    private var isInMarkup = false
    private(set) var count = 0

    /// Looks at bytes before the parser does.
    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "<") where !isInMarkup && !isInTag:
                let next = index + 1 < bytes.count ? bytes[index + 1] : 0
                // Comments, CDATA and instructions may hold anything.
                isInMarkup = next == UInt8(ascii: "!") || next == UInt8(ascii: "?")
                isInTag = !isInMarkup
                count = 0
            case UInt8(ascii: "=") where isInTag: count += 1
            default: break
            }
        }
    }

    /// The parser has dealt with all that it was given.
    mutating func reset() { self = AttributeCount() }
}
