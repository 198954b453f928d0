// SPDX-License-Identifier: Apache-2.0

/// One image of a stream: its samples, its number and its time.
///
/// The samples live in a buffer that goes back to its `FramePool` when the last reference to the frame is gone, so
/// handing a frame on never copies it.
public final class Frame: Sendable {
    /// Shape and sample type.
    public let format: FrameFormat
    /// Number of the frame in its stream, from 0. Frames that were dropped on the way have numbers too.
    public let index: Int
    /// When it was exposed; nil for a recording that keeps no time and was given none.
    public let time: FrameTime?
    /// Frames known to be lost between the one before and this one.
    public let droppedBefore: Int

    private let buffer: PixelBuffer

    /// A frame over a buffer that its source has filled and will not write to again.
    public init(format: FrameFormat, index: Int, time: FrameTime?, droppedBefore: Int = 0, buffer: PixelBuffer) {
        precondition(buffer.byteCount >= format.byteCount, "the pixel buffer is smaller than its frame")
        self.format = format
        self.index = index
        self.time = time
        self.droppedBefore = droppedBefore
        self.buffer = buffer
    }

    /// Lends the samples as bytes: `format.byteCount` of them, row after row. For deeper samples than 8 bits each
    /// pair is a `UInt16` in the machine's order. The pointer is valid during the call only.
    public func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(rebasing: buffer.bytes[0..<format.byteCount]))
    }

    /// The sample at a column and row, for inspection and tests; stages that visit every pixel use `withBytes`.
    public subscript(column: Int, row: Int) -> Int {
        precondition((0..<format.width).contains(column) && (0..<format.height).contains(row))
        let position = row * format.width + column
        return format.bytesPerSample == 1
            ? Int(buffer.bytes[position]) : Int(buffer.bytes.load(fromByteOffset: 2 * position, as: UInt16.self))
    }
}
