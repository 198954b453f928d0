// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOPosix
import Testing
import UTC
import VTP

@testable import Server

/// The test events by which subscribers know that the way to them is open.
struct HeartbeatTests {
    @Test func `A heartbeat passes the rules of all events, and is found in its own stream`() async throws {
        let temporary = TemporaryArchive()
        let archive = try temporary.open()
        var configuration = ServerConfiguration()
        configuration.submitPort = 0
        configuration.subscribePort = 0
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let broker = try await VTPBroker(
            options: configuration.brokerOptions(), log: archive, eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger)
        let heartbeat = HeartbeatService(
            broker: broker, identity: configuration.identity, intervalSeconds: 600, logger: logger)
        let packet = try heartbeat.packet(at: UTCInstant(secondsSince1970: 1_772_399_640))
        let acceptance = await broker.submitOwn(packet)
        #expect(
            acceptance == .stored(ivorn: "ivo://psws.local/broker/heartbeat#20260301T211400.000Z", sequence: 1))
        let streams = try await archive.streamReceptions(limit: 10)
        #expect(streams.map(\.stream) == ["ivo://psws.local/broker/heartbeat"])
        #expect(try await archive.search(EventQuery()).first?.role == "test")
        #expect(broker.figures.acceptances[.own]?.stored == 1)
        await broker.shutDown()
    }

    @Test func `Streams are told newest first, each once, up to a limit`() async throws {
        let temporary = TemporaryArchive()
        let archive = try temporary.open()
        #expect(try await archive.streamReceptions(limit: 10).isEmpty)
        for (number, stream) in ["c", "a", "b", "a"].enumerated() {
            _ = try await archive.append(
                TemporaryArchive.flash(number, stream: stream, received: Double(100 + number)))
        }
        let streams = try await archive.streamReceptions(limit: 2)
        #expect(streams.map(\.stream) == ["ivo://psws.test/a", "ivo://psws.test/b"])
        #expect(streams.first?.received == UTCInstant(secondsSince1970: 103))
    }
}
