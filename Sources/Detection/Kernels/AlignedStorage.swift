// SPDX-License-Identifier: Apache-2.0

/// Memory for kernels, which begins at a cache line: vectors that straddle two lines take twice the time.
enum AlignedStorage {
    private static let cacheLine = 64

    /// Elements that all have a value; the caller deallocates them.
    static func allocate<Element: BitwiseCopyable>(
        _ count: Int, repeating value: Element
    ) -> UnsafeMutablePointer<Element> {
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Element>.stride, alignment: cacheLine)
        return bytes.initializeMemory(as: Element.self, repeating: value, count: count)
    }
}
