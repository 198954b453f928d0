// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import VTP

/// An author's connection in virtual time, with an intake that answers when the test says so.
struct ReceiverHandlerTests {
    /// Messages that wait for the test's answer, in order.
    private final class Desk: Sendable {
        private let waiting = Mutex<[(bytes: [UInt8], answer: EventLoopPromise<IntakeAnswer>)]>([])

        func take(_ bytes: [UInt8], _ eventLoop: any EventLoop) -> EventLoopFuture<IntakeAnswer> {
            let promise = eventLoop.makePromise(of: IntakeAnswer.self)
            waiting.withLock { $0.append((bytes, promise)) }
            return promise.futureResult
        }

        var messages: [[UInt8]] { waiting.withLock { $0.map(\.bytes) } }

        func answer(_ answer: IntakeAnswer) { waiting.withLock { $0.removeFirst() }.answer.succeed(answer) }
    }

    private final class ReadCounter: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer
        var count = 0

        func read(context: ChannelHandlerContext) {
            count += 1
            context.read()
        }
    }

    private let desk = Desk()
    private let ack = TransportMessage(role: .ack, origin: "ivo://a/b#1", timeStamp: nil)

    private func connect(head: [any ChannelHandler] = []) throws -> EmbeddedPeer {
        try EmbeddedPeer(
            [
                FrameEncoder(),
                ReceiverHandler(
                    identity: "ivo://broker/x", timeout: .seconds(20), logger: Logger(label: "test"),
                    intake: desk.take),
            ], maximumBytes: 1000, head: head)
    }

    @Test func `Events on one connection are dealt with one after the other and each is answered`() throws {
        let author = try connect()
        try author.sendRaw(framed([1]) + framed([2]))
        #expect(desk.messages == [[1]])
        desk.answer(.reply(ack))
        #expect(try author.receiveTransport()?.role == .ack)
        #expect(desk.messages == [[2]])
        desk.answer(.reply(TransportMessage(role: .nak, origin: "ivo://a/b#2", timeStamp: nil)))
        #expect(try author.receiveTransport()?.role == .nak)
        #expect(author.isOpen)
        author.finish()
    }

    @Test func `Nothing more is read while an event is being dealt with`() throws {
        let counter = ReadCounter()
        let author = try connect(head: [counter])
        try author.send([1])
        let before = counter.count
        author.channel.read()
        #expect(counter.count == before)
        desk.answer(.reply(ack))
        #expect(counter.count == before + 1)
        author.finish()
    }

    @Test func `A silent author is disconnected after 20 s`() throws {
        let author = try connect()
        author.pass(seconds: 19)
        #expect(author.isOpen)
        author.pass(seconds: 1)
        #expect(!author.isOpen)
    }

    @Test func `One byte a second does not keep a connection open`() throws {
        let author = try connect()
        try author.sendRaw([0, 0, 0, 200])
        for second in 1...20 {
            #expect(author.isOpen, "closed after \(second - 1) s")
            try author.sendRaw([1])
            author.pass(seconds: 1)
        }
        #expect(!author.isOpen)
        #expect(desk.messages.isEmpty)
    }

    @Test func `The time the broker needs is not the author's, and each answer gives 20 s more`() throws {
        let author = try connect()
        author.pass(seconds: 15)
        try author.send([1])
        author.pass(seconds: 100)
        #expect(author.isOpen)
        desk.answer(.reply(ack))
        author.pass(seconds: 19)
        #expect(author.isOpen)
        author.pass(seconds: 1)
        #expect(!author.isOpen)
    }

    @Test func `An author that closes its half still gets its answers`() throws {
        let author = try connect()
        try author.sendRaw(framed([1]) + framed([2]))
        author.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        desk.answer(.reply(ack))
        #expect(author.isOpen)
        desk.answer(.reply(ack))
        #expect(try author.receiveTransport() == ack)
        #expect(try author.receiveTransport() == ack)
        #expect(!author.isOpen)
    }

    @Test func `An author that closes its half and has sent nothing is gone`() throws {
        let author = try connect()
        author.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(!author.isOpen)
    }

    @Test func `An announced length of 4 GB gets a nak with the limit and the connection is closed`() throws {
        let author = try connect()
        try author.sendRaw([255, 255, 255, 255])
        let nak = try author.receiveTransport()
        #expect(nak?.role == .nak)
        #expect(nak?.origin == "ivo://broker/x")
        #expect(nak?.reasons.first?.contains("4294967295 bytes was announced, the limit is 1000 bytes") == true)
        #expect(!author.isOpen)
    }

    @Test func `What could not be stored is not answered and the connection is closed`() throws {
        let author = try connect()
        try author.send([1])
        desk.answer(.close(reason: "disk full"))
        #expect(try author.receive() == nil)
        #expect(!author.isOpen)
    }

    @Test func `At the end of the broker the event in flight is answered and no other is begun`() throws {
        let author = try connect()
        try author.sendRaw(framed([1]) + framed([2]))
        author.channel.pipeline.fireUserInboundEventTriggered(BrokerIsClosing())
        #expect(author.isOpen)
        desk.answer(.reply(ack))
        #expect(try author.receiveTransport() == ack)
        #expect(!author.isOpen)
        #expect(desk.messages.isEmpty)
    }

    @Test func `An author that does not read its answers is not served further and disconnected after 20 s`() throws {
        let network = StalledNetwork()
        let author = try connect(head: [network])
        try author.sendRaw(framed([1]) + framed([2]))
        desk.answer(.reply(ack))
        #expect(desk.messages.isEmpty)
        author.pass(seconds: 19)
        #expect(author.isOpen)
        author.pass(seconds: 1)
        #expect(!author.isOpen)
        network.release()
        #expect(desk.messages.isEmpty)
    }

    @Test func `An author that does not read cannot hold up the end of the broker`() throws {
        let network = StalledNetwork()
        let author = try connect(head: [network])
        try author.send([1])
        desk.answer(.reply(ack))
        author.channel.pipeline.fireUserInboundEventTriggered(BrokerIsClosing())
        author.pass(seconds: 20)
        #expect(!author.isOpen)
        network.release()
    }

    @Test func `An author that vanishes while its event is dealt with does no harm`() throws {
        let author = try connect()
        try author.send([1])
        try author.channel.close().wait()
        desk.answer(.reply(ack))
        #expect(!author.isOpen)
    }
}
