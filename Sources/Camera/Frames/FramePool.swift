// SPDX-License-Identifier: Apache-2.0

/// Buffers of one size that are used again and again.
///
/// A buffer is free when the pool holds the only reference to it, that is, when the frame that used it is gone.
/// A pool belongs to one source and is used from that source's thread alone; the frames may go anywhere.
public struct FramePool {
    private var buffers: [PixelBuffer] = []
    private var next = 0
    private let byteCount: Int

    /// A pool of buffers for frames of `format`. It starts empty and grows to what is in use at one time.
    public init(format: FrameFormat) {
        byteCount = format.byteCount
    }

    /// Buffers that the pool has made so far.
    public var bufferCount: Int { buffers.count }

    /// A buffer that nobody else uses; its content is what the last frame left in it.
    public mutating func obtain() -> PixelBuffer {
        for _ in buffers.indices {
            let candidate = next
            next = (next + 1) % buffers.count
            if isKnownUniquelyReferenced(&buffers[candidate]) { return buffers[candidate] }
        }
        let buffer = PixelBuffer(byteCount: byteCount)
        buffers.append(buffer)
        return buffer
    }
}
