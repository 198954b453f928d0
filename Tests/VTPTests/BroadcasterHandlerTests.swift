// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import VTP

/// A subscriber's connection in virtual time.
struct BroadcasterHandlerTests {
    private func connect(head: [any ChannelHandler] = [], queueBytes: Int = 1 << 20) throws -> EmbeddedPeer {
        var limits = BrokerLimits()
        limits.maximumQueuedBytesPerSubscriber = queueBytes
        let address = VTPAddress(host: "127.0.0.1", port: 0)
        let options = BrokerOptions(
            identity: "ivo://broker/x", submitAddress: address, subscribeAddress: address, limits: limits)
        return try EmbeddedPeer(BroadcasterHandler(options: options, logger: Logger(label: "test")), head: head)
    }

    private func deliver(_ event: StoredEvent, to subscriber: EmbeddedPeer) {
        subscriber.channel.writeAndFlush(Delivery(event), promise: nil)
    }

    private func authenticate(_ filters: String...) -> TransportMessage {
        TransportMessage(
            role: .authenticate, origin: "ivo://broker/x", response: "ivo://subscriber/y", timeStamp: nil,
            parameters: filters.map { .init(name: "xpath-filter", value: $0) })
    }

    private func greeted(queueBytes: Int = 1 << 20) throws -> EmbeddedPeer {
        let subscriber = try connect(queueBytes: queueBytes)
        #expect(try subscriber.receiveTransport()?.role == .authenticate)
        return subscriber
    }

    @Test func `The broker names itself at once`() throws {
        let subscriber = try connect()
        let message = try subscriber.receiveTransport()
        #expect(message?.role == .authenticate)
        #expect(message?.origin == "ivo://broker/x")
        #expect(message?.response == nil)
        subscriber.finish()
    }

    @Test func `An event is relayed byte for byte, also to a subscriber that never says who it is`() throws {
        let subscriber = try greeted()
        let packet = SampleEvents.packet(prologue: "<?xml version='1.0'?><!--  x -->\r\n") + [10, 10]
        deliver(SampleEvents.stored(packet: packet), to: subscriber)
        #expect(try subscriber.receive() == packet)
        subscriber.finish()
    }

    @Test func `A sign of life is asked every 60 s and its answer keeps the connection`() throws {
        let subscriber = try greeted()
        for _ in 0..<5 {
            subscriber.pass(seconds: 59)
            #expect(try subscriber.receive() == nil)
            subscriber.pass(seconds: 1)
            #expect(try subscriber.receiveTransport()?.role == .iamalive)
            try subscriber.send(TransportMessage(role: .iamalive, origin: "ivo://broker/x", timeStamp: nil))
        }
        #expect(subscriber.isOpen)
        subscriber.finish()
    }

    @Test func `A sign of life without an answer ends the connection at the next one`() throws {
        let subscriber = try greeted()
        subscriber.pass(seconds: 119)
        #expect(subscriber.isOpen)
        subscriber.pass(seconds: 1)
        #expect(!subscriber.isOpen)
    }

    @Test func `Events that match any filter are sent and others are not`() throws {
        let subscriber = try greeted()
        try subscriber.send(authenticate("//Param[@value='7']", "//How"))
        deliver(SampleEvents.stored(1), to: subscriber)
        let wanted = SampleEvents.packet(2, what: "<Param name='n' value='7'/>")
        deliver(SampleEvents.stored(2, packet: wanted), to: subscriber)
        #expect(try subscriber.receive() == wanted)
        #expect(try subscriber.receive() == nil)
        subscriber.finish()
    }

    @Test func `Each authenticate replaces the filters`() throws {
        let subscriber = try greeted()
        try subscriber.send(authenticate("//NotThere"))
        deliver(SampleEvents.stored(1), to: subscriber)
        #expect(try subscriber.receive() == nil)
        try subscriber.send(authenticate())
        deliver(SampleEvents.stored(2), to: subscriber)
        #expect(try subscriber.receive() == SampleEvents.packet(2))
        subscriber.finish()
    }

    @Test func `A bad filter gets a nak that names it and the filters in force stay`() throws {
        let subscriber = try greeted()
        try subscriber.send(authenticate("//NotThere"))
        try subscriber.send(authenticate("//Who", "//Param[", "]]"))
        let nak = try subscriber.receiveTransport()
        #expect(nak?.role == .nak)
        #expect(nak?.reasons.count == 2)
        #expect(nak?.reasons.first?.contains("\"//Param[\"") == true)
        deliver(SampleEvents.stored(), to: subscriber)
        #expect(try subscriber.receive() == nil)
        subscriber.finish()
    }

    @Test func `A bad filter from the start means no events until it is put right`() throws {
        let subscriber = try greeted()
        try subscriber.send(authenticate("//Param["))
        #expect(try subscriber.receiveTransport()?.role == .nak)
        deliver(SampleEvents.stored(1), to: subscriber)
        #expect(try subscriber.receive() == nil)
        try subscriber.send(authenticate("//Param"))
        deliver(SampleEvents.stored(2), to: subscriber)
        #expect(try subscriber.receive() == SampleEvents.packet(2))
        subscriber.finish()
    }

    @Test func `Too many filters get a nak`() throws {
        let subscriber = try greeted()
        try subscriber.send(
            TransportMessage(
                role: .authenticate, origin: "x", timeStamp: nil,
                parameters: (0..<17).map { .init(name: "xpath-filter", value: "//A\($0)") }))
        #expect(try subscriber.receiveTransport()?.reasons == ["17 filters were asked for, the limit is 16"])
        subscriber.finish()
    }

    @Test func `Garbage and events from a subscriber are refused without losing it`() throws {
        let subscriber = try greeted()
        try subscriber.send(Array("hello".utf8))
        #expect(try subscriber.receiveTransport()?.role == .nak)
        try subscriber.send(SampleEvents.packet())
        #expect(try subscriber.receiveTransport()?.reasons.first?.contains("other port") == true)
        try subscriber.send(TransportMessage(role: .nak, origin: "ivo://a/b#1", timeStamp: nil, result: "no"))
        deliver(SampleEvents.stored(), to: subscriber)
        #expect(try subscriber.receive() == SampleEvents.packet())
        subscriber.finish()
    }

    @Test func `A subscriber that does not read is disconnected before it costs more than its queue`() throws {
        let network = StalledNetwork()
        let size = SampleEvents.packet().count
        let subscriber = try connect(head: [network], queueBytes: 2000 + 10 * size)
        for _ in 0..<9 { deliver(SampleEvents.stored(), to: subscriber) }
        #expect(subscriber.isOpen)
        for _ in 0..<10 { deliver(SampleEvents.stored(), to: subscriber) }
        #expect(!subscriber.isOpen)
        network.release()
    }

    @Test func `A subscriber that reads may receive any amount`() throws {
        let subscriber = try greeted(queueBytes: 2000)
        for _ in 0..<100 {
            deliver(SampleEvents.stored(), to: subscriber)
            #expect(try subscriber.receive() == SampleEvents.packet())
        }
        #expect(subscriber.isOpen)
        subscriber.finish()
    }

    @Test func `At the end of the broker what waits is sent first, for 2 s at most`() throws {
        let network = StalledNetwork()
        let quick = try connect(head: [network])
        quick.channel.pipeline.fireUserInboundEventTriggered(BrokerIsClosing())
        #expect(quick.isOpen)
        network.release()
        #expect(!quick.isOpen)

        let stalled = try connect(head: [StalledNetwork()])
        stalled.channel.pipeline.fireUserInboundEventTriggered(BrokerIsClosing())
        stalled.pass(seconds: 1)
        #expect(stalled.isOpen)
        stalled.pass(seconds: 1)
        #expect(!stalled.isOpen)
    }

    @Test func `An announced length above the limit ends the connection`() throws {
        let subscriber = try greeted()
        try subscriber.sendRaw([255, 255, 255, 255])
        #expect(!subscriber.isOpen)
    }
}
