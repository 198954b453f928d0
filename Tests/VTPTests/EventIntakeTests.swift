// SPDX-License-Identifier: Apache-2.0

import Logging
import Testing
import VTPTrials

@testable import VTP

/// What the broker does with one message of an author.
struct EventIntakeTests {
    private let log = MemoryLog()

    private func receive(
        _ bytes: [UInt8], from address: String = "127.0.0.1", access: AccessRules = AccessRules()
    ) async -> IntakeAnswer {
        let intake = EventIntake(
            identity: "ivo://broker/x", log: log, rules: EventRules(),
            policy: PolicyInForce(BrokerPolicy(access: access)), ledger: AcceptanceLedger(),
            logger: Logger(label: "test"))
        return await intake.receive(
            bytes, from: EventSource(kind: .author(IPAddress(address)), name: "\(address):1"))
    }

    private func reply(_ bytes: [UInt8]) async -> TransportMessage? {
        if case .reply(let message) = await receive(bytes) { message } else { nil }
    }

    @Test func `A valid event is stored as it came and then acknowledged`() async throws {
        let answer = await reply(SampleEvents.packet())
        #expect(answer?.role == .ack)
        #expect(answer?.origin == SampleEvents.ivorn())
        #expect(answer?.response == "ivo://broker/x")
        #expect(await log.events(from: 1, limit: 10, maximumBytes: 1 << 20).map(\.packet) == [SampleEvents.packet()])
    }

    @Test func `A resend is an ack and is not stored again`() async {
        _ = await reply(SampleEvents.packet())
        #expect(await reply(SampleEvents.packet())?.role == .ack)
        #expect(await log.count == 1)
    }

    @Test func `The same element in another prologue is the same event`() async {
        _ = await reply(SampleEvents.packet())
        let again = SampleEvents.packet(prologue: "<?xml version='1.0'?>\n<!-- resent -->\n")
        #expect(await reply(again + Array("\n<!-- end -->".utf8))?.role == .ack)
        #expect(await log.count == 1)
    }

    @Test func `The same ivorn with another content is another event`() async {
        _ = await reply(SampleEvents.packet())
        #expect(await reply(SampleEvents.packet(what: "<Param name='n' value='2'/>"))?.role == .ack)
        #expect(await log.count == 2)
    }

    @Test func `An event without a role is taken as an observation`() async {
        #expect(await reply(SampleEvents.packet(role: nil))?.role == .ack)
    }

    @Test func `A refusal gives every reason with line and column and stores nothing`() async {
        let packet = SampleEvents.packet(role: "hello", what: "<Param nam='n'/><Params/>")
        let nak = await reply(packet)
        #expect(nak?.role == .nak)
        #expect(nak?.origin == SampleEvents.ivorn())
        let reasons = nak?.reasons ?? []
        #expect(reasons.count >= 3)
        #expect(reasons.allSatisfy { $0.hasPrefix("line ") && $0.contains(", column ") })
        #expect(reasons.contains { $0.contains("hello") } && reasons.contains { $0.contains("Params") })
        #expect(await log.count == 0)
        #expect(await reply(packet)?.role == .nak)
    }

    @Test func `A refusal names no file of the server`() async {
        for bytes in [Array("<a".utf8), Array("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><VOEvent/>".utf8)] {
            let reasons = await reply(bytes)?.reasons ?? []
            #expect(!reasons.isEmpty)
            #expect(!reasons.contains { $0.contains("/work") || $0.contains(".swift") || $0.contains("etc/passwd") })
        }
    }

    @Test func `An ivorn that is none is refused`() async {
        for ivorn in ["http://a/b", "ivo://a/b#&#27;x", "ivo://a/b#&#x85;x", "ivo://a/b#x y"] {
            let text = String(decoding: SampleEvents.packet(), as: UTF8.self)
            let packet = Array(text.replacing(SampleEvents.ivorn(), with: ivorn).utf8)
            #expect(await reply(packet)?.role == .nak, "\(ivorn)")
        }
        #expect(await log.count == 0)
    }

    @Test func `What cannot be read is refused in the broker's own name`() async {
        for text in [
            "", "hello", "<VOEvent>", "<VOEvent/>", "<html/>", "<!DOCTYPE VOEvent><VOEvent ivorn='ivo://a/b#c'/>",
        ] {
            let answer = await reply(Array(text.utf8))
            #expect(answer?.role == .nak, "\(text)")
            #expect(answer?.origin == "ivo://broker/x")
            #expect(answer?.reasons.isEmpty == false)
        }
    }

    @Test func `An author may publish only under the authorities granted to it, and may resend what is stored`() async {
        var access = AccessRules()
        access.grants = [
            AuthorGrant(
                name: "station", networks: ["192.0.2.0/24"].compactMap(AddressRange.init), authorities: ["PSWS.test"]),
            AuthorGrant(
                name: "other", networks: ["198.51.100.7"].compactMap(AddressRange.init), authorities: ["example.org"]),
        ]
        func answer(_ address: String) async -> TransportMessage? {
            if case .reply(let message) = await receive(SampleEvents.packet(), from: address, access: access) {
                message
            } else {
                nil
            }
        }
        #expect(await answer("203.0.113.1")?.reasons == ["no author is known at this address"])
        #expect(await answer("198.51.100.7")?.reasons == ["the authority \"psws.test\" is not granted to other"])
        #expect(await answer("192.0.2.9")?.role == .ack)
        #expect(await answer("203.0.113.1")?.role == .ack)
        #expect(await log.count == 1)
    }

    @Test func `A billion laughs are refused at once`() async {
        let entities = (1...9).map { "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">" }
        let bomb =
            "<!DOCTYPE VOEvent [<!ENTITY l0 \"lol\">\(entities.joined())]><VOEvent ivorn='ivo://a/b#c'>&l9;</VOEvent>"
        #expect(await reply(Array(bomb.utf8))?.role == .nak)
    }

    @Test func `A transport message is not answered`() async {
        for role in TransportMessage.Role.allCases {
            let bytes = TransportMessage(role: role, origin: "ivo://a/b", timeStamp: nil).bytes()
            guard case .close = await receive(bytes) else {
                Issue.record("\(role) was answered")
                continue
            }
        }
    }

    @Test func `An event that cannot be stored is neither acknowledged nor refused`() async {
        await log.fill()
        guard case .close(let reason) = await receive(SampleEvents.packet()) else {
            Issue.record("answered")
            return
        }
        #expect(reason == "the event could not be stored")
    }

    @Test func `Damaged events are answered whatever they are`() async {
        var generator = SplitMix64(seed: 4)
        var refused = 0
        for _ in 0..<1500 {
            if await reply(mutated(SampleEvents.packet(), using: &generator))?.role == .nak { refused += 1 }
        }
        #expect(refused > 700)
    }
}
