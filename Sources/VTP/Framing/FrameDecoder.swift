// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Cuts the byte stream into messages: a 4-byte big-endian length, then that many bytes (VTP 2.0 §3.2).
///
/// A length above the limit is refused as soon as it is announced, before anything is kept of the message.
struct FrameDecoder: NIOSingleStepByteToMessageDecoder {
    typealias InboundOut = ByteBuffer

    /// Bytes of the length field.
    static let headerBytes = 4

    /// Largest message that is accepted, in bytes.
    let maximumBytes: Int

    mutating func decode(buffer: inout ByteBuffer) throws -> ByteBuffer? {
        guard let announced = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) else { return nil }
        let length = Int(announced)
        guard length > 0 else {
            throw VTPError(.garbled, place: "message length", message: "a message of 0 bytes was announced")
        }
        guard length <= maximumBytes else {
            throw VTPError(
                .tooLarge, place: "message length",
                message: "a message of \(length) bytes was announced, the limit is \(maximumBytes) bytes")
        }
        guard buffer.readableBytes >= FrameDecoder.headerBytes + length else { return nil }
        buffer.moveReaderIndex(forwardBy: FrameDecoder.headerBytes)
        return buffer.readSlice(length: length)
    }

    mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> ByteBuffer? {
        if let frame = try decode(buffer: &buffer) { return frame }
        guard seenEOF, buffer.readableBytes > 0 else { return nil }
        let count = buffer.readableBytes
        buffer.moveReaderIndex(to: buffer.writerIndex)
        throw VTPError(
            .closed, place: "message", message: "the connection ended \(count) bytes into a message")
    }
}
