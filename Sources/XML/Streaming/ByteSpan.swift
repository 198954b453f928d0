// SPDX-License-Identifier: Apache-2.0

extension [UInt8] {
    /// Appends the bytes of a range of others, in one go.
    @inline(__always)
    public mutating func append(_ range: Range<Int>, of bytes: Span<UInt8>) {
        bytes.extracting(range).withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}

extension Span<UInt8> {
    /// The first index in a range at which a byte stands; the end of the range if there is none.
    @inline(__always)
    public func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int {
        extracting(range).withUnsafeBufferPointer { $0.firstIndex(of: byte) }.map { $0 + range.lowerBound }
            ?? range.upperBound
    }

    /// All bits that any of the bytes of a range has: above 127 if not all are ASCII.
    @inline(__always)
    public func union(of range: Range<Int>) -> UInt8 {
        extracting(range).withUnsafeBufferPointer { $0.reduce(0, |) }
    }
}
