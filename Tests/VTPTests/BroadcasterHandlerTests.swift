// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded
import Testing

@testable import VTP

/// What a subscriber and the broker say to each other, in virtual time.
struct BroadcasterHandlerTests {
    @Test func `The broker names itself at once`() throws {
        let trial = try SubscriberTrial()
        let message = try trial.peer.receiveTransport()
        #expect(message?.role == .authenticate)
        #expect(message?.origin == "ivo://broker/x")
        #expect(message?.response == nil)
        trial.peer.finish()
    }

    @Test func `An event is relayed byte for byte, after 3 s also to a subscriber that never says who it is`() throws {
        let trial = try SubscriberTrial()
        _ = try trial.peer.receiveTransport()
        trial.announce("<Param name='x'/><!--  &amp; -->\r\n")
        trial.peer.pass(seconds: 2)
        #expect(trial.isAsking == nil)
        trial.peer.pass(seconds: 1)
        try trial.answer()
        #expect(try trial.peer.receive() == trial.log[0].packet)
        trial.announce()
        #expect(try trial.peer.receive() == trial.log[1].packet)
        trial.peer.finish()
    }

    @Test func `A sign of life is asked every 60 s and its answer keeps the connection`() throws {
        let trial = try SubscriberTrial.answered()
        for _ in 0..<5 {
            trial.peer.pass(seconds: 59)
            #expect(try trial.peer.receive() == nil)
            trial.peer.pass(seconds: 1)
            #expect(try trial.peer.receiveTransport()?.role == .iamalive)
            try trial.peer.send(TransportMessage(role: .iamalive, origin: "ivo://broker/x", timeStamp: nil))
        }
        #expect(trial.peer.isOpen)
        trial.peer.finish()
    }

    @Test func `The interval of signs of life is a setting`() throws {
        var limits = BrokerLimits()
        limits.aliveIntervalSeconds = 7
        let trial = try SubscriberTrial.answered(limits: limits)
        trial.peer.pass(seconds: 6)
        #expect(try trial.peer.receive() == nil)
        trial.peer.pass(seconds: 1)
        #expect(try trial.peer.receiveTransport()?.role == .iamalive)
        trial.peer.finish()
    }

    @Test func `A sign of life without an answer ends the connection at the next one`() throws {
        let trial = try SubscriberTrial.answered()
        trial.peer.pass(seconds: 119)
        #expect(trial.peer.isOpen)
        trial.peer.pass(seconds: 1)
        #expect(!trial.peer.isOpen)
    }

    @Test func `An acknowledgement is a sign of life`() throws {
        let trial = try SubscriberTrial.answered()
        trial.peer.pass(seconds: 60)
        try trial.peer.send(TransportMessage(role: .ack, origin: "ivo://a/b#1", timeStamp: nil))
        trial.peer.pass(seconds: 60)
        #expect(trial.peer.isOpen)
        trial.peer.finish()
    }

    @Test func `Events that match any filter are sent and others are not`() throws {
        let trial = try SubscriberTrial.answered(filters: ["//Param[@value='7']", "//How"])
        trial.announce()
        trial.announce("<Param name='n' value='7'/>")
        trial.announce()
        #expect(try trial.received() == [2])
        trial.peer.finish()
    }

    @Test func `Each authenticate replaces the filters`() throws {
        let trial = try SubscriberTrial.answered(filters: ["//NotThere"])
        trial.announce()
        #expect(try trial.received() == [])
        try trial.authenticate([])
        trial.announce()
        #expect(try trial.received() == [2])
        #expect(trial.court.filtersInUse.isEmpty)
        trial.peer.finish()
    }

    @Test func `A filter that came after a batch was judged is asked about that batch all the same`() throws {
        let trial = try SubscriberTrial.answered()
        trial.store("<Param name='n' value='7'/>")
        let unjudged = EventBatch(trial.log, from: 1)
        try trial.authenticate(["//Param[@value='7']"])
        if let unjudged { trial.deliver(unjudged) }
        #expect(trial.isAsking == 1)
        try trial.answer()
        #expect(try trial.received() == [1])
        trial.peer.finish()
    }

    @Test func `Filters are forgotten with their subscriber`() throws {
        let trial = try SubscriberTrial.answered(filters: ["//How", "//Why", "//How"])
        #expect(trial.court.filtersInUse.count == 2)
        trial.peer.finish()
        #expect(trial.court.filtersInUse.isEmpty)
    }

    @Test func `A bad filter gets a nak that names it and the filters in force stay`() throws {
        let trial = try SubscriberTrial.answered(filters: ["//NotThere"])
        try trial.authenticate(["//Who", "//Param[", "]]"])
        let nak = try trial.peer.receiveTransport()
        #expect(nak?.role == .nak)
        #expect(nak?.reasons.count == 2)
        #expect(nak?.reasons.first?.contains("\"//Param[\"") == true)
        trial.announce()
        #expect(try trial.received() == [])
        trial.peer.finish()
    }

    @Test func `A bad filter from the start means no events until it is put right`() throws {
        let trial = try SubscriberTrial.answered(filters: ["//Param["])
        #expect(try trial.peer.receiveTransport()?.role == .nak)
        trial.announce()
        #expect(try trial.received() == [])
        try trial.authenticate(["//Param"])
        trial.announce()
        #expect(try trial.received() == [2])
        trial.peer.finish()
    }

    @Test func `Too many filters get a nak`() throws {
        let trial = try SubscriberTrial.answered(filters: (0..<17).map { "//A\($0)" })
        #expect(try trial.peer.receiveTransport()?.reasons == ["17 filters were asked for, the limit is 16"])
        trial.peer.finish()
    }

    @Test func `A filter that takes too long gets a nak, and again when it is asked for again`() throws {
        let trial = try SubscriberTrial.answered(filters: ["//Param"])
        let filters = trial.court.filtersInUse
        trial.store()
        let costly = Dictionary(uniqueKeysWithValues: filters.map { ($0, FilterVerdict.tooCostly) })
        if let batch = EventBatch(trial.log, from: 1, verdicts: costly) { trial.deliver(batch) }
        let reasons = try trial.peer.receiveTransport()?.reasons
        #expect(reasons == ["the filter \"//Param\" takes too long for one event and is not used"])
        trial.announce()
        #expect(try trial.received() == [])
        trial.peer.finish()
    }

    @Test func `Garbage and events from a subscriber are refused without losing it`() throws {
        let trial = try SubscriberTrial.answered()
        try trial.peer.send(Array("hello".utf8))
        #expect(try trial.peer.receiveTransport()?.role == .nak)
        try trial.peer.send(SampleEvents.packet())
        #expect(try trial.peer.receiveTransport()?.reasons.first?.contains("other port") == true)
        try trial.peer.send(TransportMessage(role: .nak, origin: "ivo://a/b#1", timeStamp: nil, result: "no"))
        trial.announce()
        #expect(try trial.received() == [1])
        trial.peer.finish()
    }

    @Test func `At the end of the broker what waits is sent first, for 2 s at most`() throws {
        let network = StalledNetwork()
        let quick = try SubscriberTrial(head: [network])
        quick.peer.channel.pipeline.fireUserInboundEventTriggered(BrokerIsClosing())
        #expect(quick.peer.isOpen)
        network.release()
        #expect(!quick.peer.isOpen)

        let stalled = try SubscriberTrial(head: [StalledNetwork()])
        stalled.peer.channel.pipeline.fireUserInboundEventTriggered(BrokerIsClosing())
        stalled.peer.pass(seconds: 1)
        #expect(stalled.peer.isOpen)
        stalled.peer.pass(seconds: 1)
        #expect(!stalled.peer.isOpen)
    }

    @Test func `An announced length above the limit ends the connection`() throws {
        let trial = try SubscriberTrial.answered()
        try trial.peer.sendRaw([255, 255, 255, 255])
        #expect(!trial.peer.isOpen)
    }
}
