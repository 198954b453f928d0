// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded

@testable import VTP

/// The other end of a connection whose near end is a handler under test, in virtual time.
struct EmbeddedPeer {
    let channel: EmbeddedChannel
    let loop: EmbeddedEventLoop

    /// A connection that has just been made.
    init(_ handler: any ChannelHandler, maximumBytes: Int = 1 << 20, head: [any ChannelHandler] = []) throws {
        loop = EmbeddedEventLoop()
        channel = EmbeddedChannel(
            handlers: head + [ByteToMessageHandler(FrameDecoder(maximumBytes: maximumBytes)), FrameEncoder(), handler],
            loop: loop)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    /// The peer sends a whole message.
    func send(_ message: [UInt8]) throws { try sendRaw(framed(message)) }

    func send(_ message: TransportMessage) throws { try send(message.bytes()) }

    /// The peer sends bytes as they are. Errors of the pipeline are the handler's business.
    func sendRaw(_ bytes: [UInt8]) throws { _ = try? channel.writeInbound(ByteBuffer(bytes: bytes)) }

    /// The next whole message that the peer receives, or nil.
    func receive() throws -> [UInt8]? {
        guard var header = try channel.readOutbound(as: ByteBuffer.self) else { return nil }
        let length = header.readInteger(as: UInt32.self)
        guard let body = try channel.readOutbound(as: ByteBuffer.self), length == UInt32(body.readableBytes) else {
            throw VTPError(.garbled, place: "test", message: "the length does not fit the message")
        }
        return Array(buffer: body)
    }

    func receiveTransport() throws -> TransportMessage? {
        try receive().map { bytes in try TransportMessage(parsing: bytes) }
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
