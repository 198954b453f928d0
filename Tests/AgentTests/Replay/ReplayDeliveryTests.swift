// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing
import VOEvent
import VTP

@testable import Agent

/// A replay that sends: what brokers do, good ones and bad ones.
@Suite struct ReplayDeliveryTests {
    private let directory: TemporaryDirectory
    private let recording: String

    init() throws {
        directory = try TemporaryDirectory()
        recording = directory.file("sky.ser")
        _ = try SceneRecording.write(RecordedScenes.meteor, to: recording)
    }

    /// A replay that sends to a port of this machine and does not wait long.
    private func replay(to port: Int, seconds: Double = 20) async throws -> ReplayOutput {
        var options = Replay.Options.testing(recording)
        options.outboxDirectory = directory.file("outbox")
        var broker = options.configuration.broker
        broker.host = "127.0.0.1"
        broker.port = port
        broker.connectTimeoutSeconds = 1
        broker.answerTimeoutSeconds = 1
        broker.retry = RetryBackoff(firstSeconds: 0.05, maximumSeconds: 0.1)
        options.broker = broker
        options.deliverySeconds = seconds
        return try await options.run()
    }

    private func outbox(_ state: OutboxEntry.State) async throws -> [OutboxEntry] {
        try await Outbox.inspect(directory.file("outbox")).list(state)
    }

    @Test func `A broker gets the event byte for byte, and a second replay sends nothing`() async throws {
        let broker = try await TestBroker()
        let output = try await replay(to: broker.port)
        #expect(output.outcome.failures.isEmpty)
        let entry = try #require(try await outbox(.sent).first)
        #expect(output.alerts.first?.contains("\"\(entry.ivorn)\"") == true)
        let received = await broker.log.events(from: 1, limit: 9, maximumBytes: .max).map(\.packet)
        #expect(received == [try bytes(ofFile: entry.path + "/event.xml")])
        let again = try await replay(to: broker.port)
        #expect(again.outcome.failures.isEmpty)
        #expect(again.remarks.contains { $0.contains("had this event already (sent)") })
        #expect(await broker.log.ivorns == [entry.ivorn])
        await broker.broker.shutDown()
    }

    @Test func `An event that could not be sent is sent by the next replay`() async throws {
        let bad = try await BadBroker(.closes)
        let failed = try await replay(to: bad.port, seconds: 3)
        try await bad.close()
        #expect(failed.outcome.failures.count == 1)
        let broker = try await TestBroker()
        let output = try await replay(to: broker.port)
        #expect(output.outcome.failures.isEmpty)
        #expect(await broker.log.ivorns.count == 1)
        #expect(try await outbox(.sent).count == 1)
        await broker.broker.shutDown()
    }

    @Test func `A refusal parks the event with its reasons and is a failure`() async throws {
        // The ivorn is made of the event alone: the first replay tells it.
        let bad = try await BadBroker(.closes)
        _ = try await replay(to: bad.port, seconds: 0.1)
        try await bad.close()
        let ivorn = try #require(try await outbox(.pending).first?.ivorn)
        let nak = TransportMessage(
            role: .nak, origin: ivorn, response: "ivo://strict/broker", timeStamp: nil,
            result: "no such stream\nand not on Sundays")
        let strict = try await BadBroker(.answers(BadBroker.framed(String(decoding: nak.bytes(), as: UTF8.self))))
        let output = try await replay(to: strict.port)
        try await strict.close()
        #expect(output.outcome.failures == ["\(ivorn) was refused: no such stream; and not on Sundays"])
        let parked = try #require(try await outbox(.parked).first)
        #expect(parked.delivery.refusalReasons == ["no such stream", "and not on Sundays"])
        #expect(try await outbox(.pending).isEmpty)
    }

    private static let bads: [(BadBroker.Manner, String)] = [
        // Whether the line ends or is reset is a matter of moments.
        (.closes, "127.0.0.1:"),
        (.stalls, "the broker gave no answer within 1 s"),
        (.answers(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)), "a message of"),
        (.answers([0, 0, 0, 0]), "a message of 0 bytes was announced"),
        (.answers([0xFF, 0xFF, 0xFF, 0xFF]), "the limit is"),
        (.answers([0x00, 0x20, 0x00, 0x00] + [UInt8](repeating: 0x20, count: 4096)), "the limit is"),
        (.answers(BadBroker.framed("this is not XML")), ""),
        (.answers(BadBroker.framed("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")), ""),
        (
            .answers(
                BadBroker.framed(
                    String(
                        decoding: TransportMessage(role: .ack, origin: "ivo://other/event#1", timeStamp: nil).bytes(),
                        as: UTF8.self))), "answered for another event"
        ),
        (
            .answers(
                BadBroker.framed(
                    String(
                        decoding: TransportMessage(role: .iamalive, origin: "ivo://b/c", timeStamp: nil).bytes(),
                        as: UTF8.self))), "treats us as a subscriber"
        ),
    ]

    @Test(arguments: bads.indices)
    func `A broker that misbehaves costs a message, and the event waits`(index: Int) async throws {
        let (manner, message) = Self.bads[index]
        let bad = try await BadBroker(manner)
        let output = try await replay(to: bad.port, seconds: 4)
        try await bad.close()
        let ivorn = try #require(try await outbox(.pending).first?.ivorn)
        #expect(output.alerts.count == 1 && output.alerts.first?.contains("\"\(ivorn)\"") == true)
        #expect(output.outcome.failures.count == 1)
        #expect(
            output.outcome.failures.first?.hasPrefix("1 event could not be sent to 127.0.0.1:\(bad.port) and waits in ")
                == true)
        let attempt = try #require(output.remarks.first { $0.hasPrefix(ivorn) }, "\(output.remarks)")
        #expect(attempt.contains("could not be sent, next attempt in") && attempt.contains(message), "\(attempt)")
        #expect(!attempt.contains("\n"))
    }

    @Test func `Nobody who listens is said so, with what to check`() async throws {
        let bad = try await BadBroker(.closes)
        try await bad.close()
        let output = try await replay(to: bad.port, seconds: 3)
        #expect(output.outcome.failures.count == 1)
        #expect(output.remarks.contains { $0.contains("no connection") && $0.contains("check the address") })
        #expect(try await outbox(.pending).count == 1)
    }

    @Test func `An outbox that cannot be made is refused before the recording is searched`() async throws {
        var options = Replay.Options.testing(recording)
        options.outboxDirectory = recording + "/outbox"
        options.broker = options.configuration.broker
        await #expect(throws: OutboxError.self) { _ = try await options.run() }
    }
}
