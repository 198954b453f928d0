// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded
import Testing

@testable import VTP

struct FramingTests {
    private func decoder(limit: Int = 1000) -> EmbeddedChannel {
        EmbeddedChannel(handler: ByteToMessageHandler(FrameDecoder(maximumBytes: limit)))
    }

    private func error(of body: () throws -> Void) -> VTPError? {
        do { try body() } catch { return error as? VTPError }
        return nil
    }

    @Test func `A message that comes byte by byte is put together`() throws {
        let channel = decoder()
        for byte in framed([1, 2, 3]) {
            #expect(try channel.readInbound(as: ByteBuffer.self) == nil)
            try channel.writeInbound(ByteBuffer(bytes: [byte]))
        }
        #expect(try channel.readInbound(as: ByteBuffer.self) == ByteBuffer(bytes: [1, 2, 3]))
        #expect(try channel.finish().isClean)
    }

    @Test func `Two messages in one write are told apart`() throws {
        let channel = decoder()
        try channel.writeInbound(ByteBuffer(bytes: framed([1, 2]) + framed([3])))
        #expect(try channel.readInbound(as: ByteBuffer.self) == ByteBuffer(bytes: [1, 2]))
        #expect(try channel.readInbound(as: ByteBuffer.self) == ByteBuffer(bytes: [3]))
    }

    @Test func `An announced length of 4 GB is refused at once with both numbers`() throws {
        let channel = decoder()
        let refusal = error { try channel.writeInbound(ByteBuffer(bytes: [255, 255, 255, 255])) }
        #expect(refusal?.code == .tooLarge)
        #expect(refusal?.message == "a message of 4294967295 bytes was announced, the limit is 1000 bytes")
    }

    @Test func `A message of exactly the limit passes and one byte more does not`() throws {
        let channel = decoder(limit: 5)
        try channel.writeInbound(ByteBuffer(bytes: framed([1, 2, 3, 4, 5])))
        #expect(try channel.readInbound(as: ByteBuffer.self)?.readableBytes == 5)
        #expect(error { try channel.writeInbound(ByteBuffer(bytes: [0, 0, 0, 6])) }?.code == .tooLarge)
    }

    @Test func `A message of no bytes is refused`() {
        let channel = decoder()
        #expect(error { try channel.writeInbound(ByteBuffer(bytes: [0, 0, 0, 0])) }?.code == .garbled)
    }

    @Test func `A connection that ends inside a message says so`() throws {
        let channel = decoder()
        try channel.writeInbound(ByteBuffer(bytes: [0, 0, 0, 9, 1, 2]))
        #expect(error { _ = try channel.finish() }?.code == .closed)
    }

    @Test func `An outgoing message has its length before it, big end first`() throws {
        let channel = EmbeddedChannel(handler: FrameEncoder())
        try channel.writeOutbound(ByteBuffer(repeating: 7, count: 258))
        #expect(try channel.readOutbound(as: ByteBuffer.self) == ByteBuffer(bytes: [0, 0, 1, 2]))
        #expect(try channel.readOutbound(as: ByteBuffer.self)?.readableBytes == 258)
    }

    @Test func `However a stream is cut into pieces, the same messages come out`() throws {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<200 {
            let messages = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                (0..<Int.random(in: 1...300, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
            }
            var rest = messages.flatMap(framed)[...]
            let channel = decoder()
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...50, using: &generator))
                rest = rest.dropFirst(piece.count)
                try channel.writeInbound(ByteBuffer(bytes: piece))
            }
            var received: [[UInt8]] = []
            while let message = try channel.readInbound(as: ByteBuffer.self) { received.append(Array(buffer: message)) }
            #expect(received == messages)
        }
    }

    @Test func `Random bytes never give a message above the limit`() {
        var generator = SplitMix64(seed: 2)
        for _ in 0..<500 {
            let channel = decoder(limit: 64)
            let header = [0, 0, UInt8.random(in: 0...1, using: &generator)]
            let noise = (0..<200).map { _ in UInt8.random(in: 0...255, using: &generator) }
            _ = try? channel.writeInbound(ByteBuffer(bytes: header + noise))
            while let message = try? channel.readInbound(as: ByteBuffer.self) {
                #expect((1...64).contains(message.readableBytes))
            }
            _ = try? channel.finish(acceptAlreadyClosed: true)
        }
    }
}
