// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import Testing
import XML

@testable import VTP

struct EventBatchTests {
    private let events = (1...4).map {
        SampleEvents.stored($0, packet: SampleEvents.packet($0, what: "<Param name='n' value='\($0)'/>"))
    }

    private func messages(_ frames: ByteBuffer?) throws -> [[UInt8]] {
        guard var frames else { return [] }
        var decoder = FrameDecoder(maximumBytes: .max)
        var messages: [[UInt8]] = []
        while let frame = try decoder.decode(buffer: &frames) { messages.append(Array(buffer: frame)) }
        return messages
    }

    @Test func `Who wants all gets all, from its position on`() throws {
        let batch = try #require(EventBatch(events, from: 1))
        #expect(batch.places == 1...4)
        #expect(try messages(batch.frames(from: 1, for: .everything)) == events.map(\.packet))
        #expect(try messages(batch.frames(from: 4, for: .everything)) == [events[3].packet])
        #expect(batch.frames(from: 5, for: .everything) == nil)
        #expect(batch.frames(from: 1, for: .nothing) == nil)
    }

    @Test func `Who wants a part gets that part in order`() throws {
        let court = FilterCourt(threads: NIOThreadPool(numberOfThreads: 1), maximumDuration: .seconds(10))
        let filters = try SubscriberFilters(["//Param[@value='1' or @value='3']", "//Param[@value='4']"], limit: 9)
        let batch = try #require(
            EventBatch(events, from: 1, verdicts: court.evaluate(filters.filters, on: events)))
        #expect(batch.hasVerdicts(of: filters.filters))
        #expect(try messages(batch.frames(from: 1, for: filters)) == [0, 2, 3].map { events[$0].packet })
        #expect(try messages(batch.frames(from: 2, for: filters)) == [2, 3].map { events[$0].packet })
        #expect(try messages(batch.frames(from: 4, for: filters)) == [events[3].packet])
    }

    @Test func `A batch speaks for the places before its first event`() {
        #expect(EventBatch([SampleEvents.stored(9)], from: 5)?.places == 5...9)
        #expect(EventBatch([], from: 5) == nil)
    }

    @Test func `A filter that takes too long is struck off and told from the others`() throws {
        let court = FilterCourt(threads: NIOThreadPool(numberOfThreads: 1), maximumDuration: .zero)
        let filter = try XPathFilter("//Param")
        #expect(court.evaluate([filter], on: events) == [filter: .tooCostly])
        #expect(court.struckOff(among: [filter, try XPathFilter("//How")]) == [filter])
        let batch = try #require(EventBatch(events, from: 1, verdicts: [filter: .tooCostly]))
        #expect(batch.tooCostly(among: [filter]) == [filter])
    }

    @Test func `An acknowledgement is told by a glance, whoever wrote it`() {
        let ack = TransportMessage(role: .ack, origin: "ivo://a/b#1", response: "ivo://s/y", timeStamp: .now())
        let texts = [
            String(decoding: ack.bytes(), as: UTF8.self),
            "<?xml version='1.0' encoding='UTF-8'?><trn:Transport xmlns:trn='x' role='ack' version='1.0'>",
            "\n<Transport role=\"ack\"/ >",
        ]
        for text in texts {
            var glance = TransportGlance()
            let heard = [text, text, text.replacing("ack", with: "nak"), String(text.prefix(20)), text].map {
                glance.isAcknowledgement(ByteBuffer(string: $0))
            }
            #expect(heard == [true, true, false, false, true], "\(text)")
        }
    }

    @Test func `What is not plainly an acknowledgement is left to the parser`() {
        let texts = [
            "", "<", "<Transport", "<Transport>", "<Transport role='ack", "<VOEvent role='ack'>",
            "<!-- --><Transport role='ack'>",
            "<Transport other=' role=\"ack\" '>", "<Transport role=ack>", "<Transport xrole='ack'>",
            "<Transport role='nack'>", "<!DOCTYPE a><Transport role='ack'>",
        ]
        var glance = TransportGlance()
        let heard = texts.filter { glance.isAcknowledgement(ByteBuffer(string: $0)) }
        #expect(heard.isEmpty)
    }
}
