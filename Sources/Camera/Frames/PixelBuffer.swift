// SPDX-License-Identifier: Apache-2.0

/// Memory for the samples of one frame, 64-byte aligned, zeroed when new.
///
/// A source fills it before making a `Frame` of it; from then on nobody writes. `Sendable` is unchecked because the
/// compiler cannot see that rule: one writer before the frame exists, readers only afterwards.
public final class PixelBuffer: @unchecked Sendable {
    /// Length in bytes.
    public let byteCount: Int

    private let storage: UnsafeMutableRawBufferPointer

    /// Memory of `byteCount` bytes.
    public init(byteCount: Int) {
        self.byteCount = byteCount
        storage = .allocate(byteCount: byteCount, alignment: 64)
        storage.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit { storage.deallocate() }

    /// The memory, for the source that fills it, before the buffer becomes part of a frame.
    public func withMutableBytes<Result, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(storage)
    }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(storage) }
}
