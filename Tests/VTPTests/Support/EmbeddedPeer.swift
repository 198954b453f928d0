// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded

@testable import VTP

/// The other end of a connection whose near end is a handler under test, in virtual time.
final class EmbeddedPeer {
    let channel: EmbeddedChannel
    let loop: EmbeddedEventLoop
    private var arrived = ByteBuffer()

    /// A connection that has just been made.
    ///
    /// - Parameters:
    ///   - handlers: what stands behind the framing.
    ///   - maximumBytes: largest message that the near end reads.
    ///   - head: what stands between the framing and the network.
    init(_ handlers: [any ChannelHandler], maximumBytes: Int = 1 << 20, head: [any ChannelHandler] = []) throws {
        loop = EmbeddedEventLoop()
        channel = EmbeddedChannel(
            handlers: head + [ByteToMessageHandler(FrameDecoder(maximumBytes: maximumBytes))] + handlers, loop: loop)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    /// The peer sends a whole message.
    func send(_ message: [UInt8]) throws { try sendRaw(framed(message)) }

    func send(_ message: TransportMessage) throws { try send(message.bytes()) }

    /// The peer sends bytes as they are. Errors of the pipeline are the handler's business.
    func sendRaw(_ bytes: [UInt8]) throws { _ = try? channel.writeInbound(ByteBuffer(bytes: bytes)) }

    /// The next whole message that the peer receives, or nil.
    func receive() throws -> [UInt8]? {
        while let part = try channel.readOutbound(as: ByteBuffer.self) { arrived.writeImmutableBuffer(part) }
        var decoder = FrameDecoder(maximumBytes: .max)
        guard let frame = try decoder.decode(buffer: &arrived) else {
            guard arrived.readableBytes == 0 else {
                throw VTPError(.garbled, place: "test", message: "a message is not whole")
            }
            return nil
        }
        return Array(buffer: frame)
    }

    func receiveTransport() throws -> TransportMessage? {
        try receive().map { bytes in try TransportMessage(parsing: bytes) }
    }

    /// Whether the network takes more, as the near end is told.
    func takesMore(_ takes: Bool) {
        channel.isWritable = takes
        channel.pipeline.fireChannelWritabilityChanged()
    }

    func pass(seconds: Int64) { loop.advanceTime(by: .seconds(seconds)) }

    var isOpen: Bool { channel.isActive }

    /// Ends the test's channel, whatever state it is in.
    func finish() { _ = try? channel.finish(acceptAlreadyClosed: true) }
}

/// A message with its length before it.
func framed(_ message: [UInt8]) -> [UInt8] {
    withUnsafeBytes(of: UInt32(message.count).bigEndian, Array.init) + message
}
