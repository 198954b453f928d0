// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import VTP

struct TransportMessageTests {
    private let ack = TransportMessage(
        role: .ack, origin: "ivo://a/b#c", response: "ivo://broker/x", timeStamp: UTCInstant(secondsSince1970: 0))

    private func parse(_ text: String) throws -> TransportMessage { try TransportMessage(parsing: Array(text.utf8)) }

    private func failure(_ text: String) -> VTPError? {
        do throws(VTPError) { _ = try TransportMessage(parsing: Array(text.utf8)) } catch { return error }
        return nil
    }

    @Test(arguments: [
        "http://www.telescope-networks.org/xml/Transport/v1.1",
        "http://telescope-networks.org/schema/Transport/v1.1",
        "http://telescope-networks.org/xml/Transport/v1.1",
    ])
    func `Each of the three namespaces in use is read`(namespace: String) throws {
        let message = try parse(
            """
            <?xml version='1.0' encoding='UTF-8'?>
            <trn:Transport xmlns:trn="\(namespace)" version="1.0" role="iamalive">
              <Origin>ivo://nasa.gsfc.tan/gcn</Origin><TimeStamp>2026-11-22T17:57:36Z</TimeStamp>
            </trn:Transport>
            """)
        #expect(message.role == .iamalive)
        #expect(message.origin == "ivo://nasa.gsfc.tan/gcn")
        #expect(message.response == nil)
        #expect(message.timeStamp == UTCInstant(iso8601: "2026-11-22T17:57:36Z"))
    }

    @Test func `Children in the namespace of the root are read too`() throws {
        let message = try parse("<Transport xmlns='urn:x' role='ack'><Origin> ivo://a/b#c </Origin></Transport>")
        #expect(message.origin == "ivo://a/b#c")
        #expect(message.timeStamp == nil)
    }

    @Test func `The bytes are those of Comet`() {
        #expect(
            String(decoding: ack.bytes(), as: UTF8.self) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <trn:Transport xmlns:trn="http://www.telescope-networks.org/xml/Transport/v1.1" \
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="1.0" \
                xsi:schemaLocation="http://telescope-networks.org/schema/Transport/v1.1 \
                http://www.telescope-networks.org/schema/Transport-v1.1.xsd" role="ack">
                  <Origin>ivo://a/b#c</Origin>
                  <Response>ivo://broker/x</Response>
                  <TimeStamp>1970-01-01T00:00:00Z</TimeStamp>
                </trn:Transport>

                """)
    }

    @Test func `What is written is read back`() throws {
        let nak = TransportMessage(
            role: .nak, origin: "ivo://a/b?c=1&d=<2>", response: "ivo://broker/x",
            timeStamp: UTCInstant(iso8601: "2026-03-01T21:14:05Z"),
            parameters: [.init(name: "xpath-filter", value: "//Param[@name=\"a\" and @value<'3']")],
            result: "3:5: first\n9:1: second & last")
        let read = try TransportMessage(parsing: nak.bytes())
        #expect(read == nak)
        #expect(read.reasons == ["3:5: first", "9:1: second & last"])
        #expect(read.filters == ["//Param[@name=\"a\" and @value<'3']"])
    }

    @Test func `Characters that XML cannot hold do not break the message`() throws {
        let nak = TransportMessage(role: .nak, origin: "ivo://a\u{1}b", timeStamp: nil, result: "a\u{0}b\u{FFFF}c")
        let read = try TransportMessage(parsing: nak.bytes())
        #expect(read.origin == "ivo://a\u{FFFD}b")
        #expect(read.result == "a\u{FFFD}b\u{FFFD}c")
    }

    @Test func `Filters of early Comet mean the same`() throws {
        let message = try parse(
            """
            <Transport role="authenticate"><Origin>ivo://x/y</Origin><Meta>
            <filter type="xpath">//How</filter><filter type="regex">x</filter><Param name="xpath-filter" value="//Why"/>
            </Meta></Transport>
            """)
        #expect(message.filters == ["//How", "//Why"])
    }

    @Test func `A message with faults is refused with the fault`() {
        #expect(failure("<Transport><Origin/></Transport>")?.message == "the transport message has no role")
        #expect(failure("<Transport role='hello'/>")?.message == "the role \"hello\" is unknown")
        #expect(failure("<html/>")?.message.contains("html") == true)
        #expect(failure("")?.code == .garbled)
        #expect(failure("\u{0}\u{1}\u{2}")?.code == .garbled)
        #expect(failure("<Transport role='ack'>")?.code == .garbled)
        #expect(failure("<!DOCTYPE Transport><Transport role='ack'/>")?.message == "a DOCTYPE is not accepted")
        #expect(
            failure("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><Transport role='ack'>&x;</Transport>")?.code
                == .garbled)
    }

    @Test func `An event where an answer was expected is refused`() {
        #expect(failure(String(decoding: SampleEvents.packet(), as: UTF8.self))?.code == .garbled)
    }

    @Test func `An event is known by its element and not by its role`() throws {
        let packet = SampleEvents.packet(prologue: "<!-- x -->\n", role: "ack") + Array("\n<!-- y -->".utf8)
        guard case .event(let envelope) = try IncomingMessage(parsing: packet) else {
            Issue.record("taken for a transport message")
            return
        }
        #expect(envelope.role == "ack")
        #expect(packet[envelope.rootRange].starts(with: Array("<voe:VOEvent ".utf8)))
        #expect(packet[envelope.rootRange].suffix(14) == Array("</voe:VOEvent>".utf8)[...])
    }

    @Test func `An event without a role is an observation`() throws {
        guard case .event(let envelope) = try IncomingMessage(parsing: SampleEvents.packet(role: nil)) else {
            Issue.record("taken for a transport message")
            return
        }
        #expect(envelope.role == "observation")
        #expect(envelope.version == "2.0")
        #expect(envelope.ivorn == SampleEvents.ivorn())
    }

    @Test func `Damaged messages are read or refused and never crash`() {
        var generator = SplitMix64(seed: 3)
        let seeds = [ack.bytes(), SampleEvents.packet()]
        var refused = 0
        for round in 0..<4000 {
            let bytes = mutated(seeds[round % 2], using: &generator)
            do throws(VTPError) { _ = try IncomingMessage(parsing: bytes) } catch {
                #expect(error.code == .garbled)
                refused += 1
            }
        }
        #expect(refused > 1000)
    }
}
