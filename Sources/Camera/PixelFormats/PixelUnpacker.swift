// SPDX-License-Identifier: Apache-2.0

/// Brings the bytes of a camera into the plane of a frame: one pass, no allocation, every length checked.
public struct PixelUnpacker: Sendable, Hashable {
    /// Format of the camera's bytes.
    public let pixelFormat: CameraPixelFormat
    /// Shape and sample type of the plane that comes out.
    public let format: FrameFormat
    /// Distance of two rows in the camera's buffer, in bytes.
    public let bytesPerLine: Int

    /// An unpacker for frames of one shape.
    ///
    /// - Parameter bytesPerLine: distance of two rows in bytes, as the driver says; 0 for rows without padding.
    /// - Throws: `CameraError` if the size is impossible or the rows are shorter than their pixels.
    public init(
        pixelFormat: CameraPixelFormat, width: Int, height: Int, bytesPerLine: Int = 0
    ) throws(CameraError) {
        guard
            let format = FrameFormat(
                width: width, height: height, bitsPerSample: pixelFormat.bitsPerSample,
                colorFilter: pixelFormat.colorFilter)
        else {
            throw CameraError(
                .unsupported, place: pixelFormat.rawValue, message: "a frame of \(width)×\(height) pixels is impossible"
            )
        }
        let minimum = pixelFormat.minimumBytesPerLine(width: width)
        guard bytesPerLine == 0 || (minimum...1 << 24).contains(bytesPerLine) else {
            throw CameraError(
                .damaged, place: pixelFormat.rawValue,
                message: "rows of \(bytesPerLine) bytes do not fit \(width) pixels, which need \(minimum)")
        }
        self.pixelFormat = pixelFormat
        self.format = format
        self.bytesPerLine = bytesPerLine == 0 ? minimum : bytesPerLine
    }

    /// Fewest bytes that `unpack` needs: the luminance of every row, the last one without its padding.
    public var minimumByteCount: Int {
        bytesPerLine * (format.height - 1) + pixelFormat.minimumBytesPerLine(width: format.width)
    }

    /// Unpacks one frame.
    ///
    /// - Parameters:
    ///   - bytes: the camera's buffer, at least `minimumByteCount` bytes; what follows is not looked at.
    ///   - buffer: at least `format.byteCount` bytes; afterwards rows without padding, as `Frame` wants them.
    /// - Throws: `CameraError` with code `truncated` if `bytes` is too short; `buffer` is untouched then.
    public func unpack(_ bytes: UnsafeRawBufferPointer, into buffer: PixelBuffer) throws(CameraError) {
        guard let source = bytes.baseAddress, bytes.count >= minimumByteCount else {
            throw CameraError(
                .truncated, place: pixelFormat.rawValue,
                message: "a frame of \(bytes.count) bytes is shorter than the \(minimumByteCount) of "
                    + "\(format.width)×\(format.height) pixels")
        }
        precondition(buffer.byteCount >= format.byteCount, "the pixel buffer is smaller than its frame")
        let layout = pixelFormat.layout
        buffer.withMutableBytes { plane in
            guard let target = plane.baseAddress else { return }
            let targetBytesPerLine = format.width * format.bytesPerSample
            for row in 0..<format.height {
                RowKernels.unpack(
                    layout, from: source + row * bytesPerLine, to: target + row * targetBytesPerLine,
                    count: format.width)
            }
        }
    }
}
