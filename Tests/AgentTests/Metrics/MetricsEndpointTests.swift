// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix
import Testing

@testable import Agent

@Suite struct MetricsEndpointTests {
    private static let group = MultiThreadedEventLoopGroup.singleton

    /// What an endpoint answers to these bytes, up to the end of the connection.
    private func answers(to requests: [String], figures: String = "psws_x 1\n# EOF\n") async throws -> [String] {
        let endpoint = MetricsEndpoint(port: 0, eventLoopGroup: Self.group, logger: Logger(label: "test")) { figures }
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await endpoint.run(listening: { told.yield($0) }) }
            defer { group.cancelAll() }
            for await port in ports {
                var answers: [String] = []
                for request in requests { answers.append(try await Self.ask(port: port, request)) }
                return answers
            }
            return []
        }
    }

    private static func ask(port: Int, _ request: String) async throws -> String {
        let client = try await ClientBootstrap(group: group)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await client.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var text = ""
            // Who is refused in the middle of a request may see the line break off.
            do { for try await part in inbound { text += String(buffer: part) } } catch is IOError {}
            return text
        }
    }

    private static func request(_ line: String) -> String { "\(line) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" }

    @Test func `Whoever asks for the metrics gets them, as often as asked`() async throws {
        let answers = try await answers(to: [Self.request("GET /metrics"), Self.request("GET /metrics?a=b")])
        for answer in answers {
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.contains("application/openmetrics-text; version=1.0.0"))
            #expect(answer.hasSuffix("\r\n\r\npsws_x 1\n# EOF\n"))
        }
        #expect(answers.count == 2)
    }

    @Test func `Everything else is refused with what is wrong`() async throws {
        let answers = try await answers(to: [
            Self.request("GET /"), Self.request("DELETE /metrics"), Self.request("HEAD /metrics"), "nonsense\r\n\r\n",
            "GET /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"
                + String(repeating: "x", count: 100_000),
            "GET /metrics HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 40_000),
        ])
        #expect(answers[0].hasPrefix("HTTP/1.1 404") && answers[0].contains("/metrics"))
        #expect(answers[1].hasPrefix("HTTP/1.1 405") && answers[1].contains("Allow: GET, HEAD"))
        #expect(answers[2].hasPrefix("HTTP/1.1 200") && !answers[2].contains("psws_x"))
        #expect(answers[3].hasPrefix("HTTP/1.1 400") || answers[3].isEmpty)
        #expect(!answers[4].contains("psws_x") && !answers[5].contains("psws_x"))
    }

    @Test func `A port that another program has is said once, and taken when it is free`() async throws {
        let other = try await ServerBootstrap(group: Self.group).bind(host: "127.0.0.1", port: 0).get()
        let journal = Journal()
        let endpoint = MetricsEndpoint(
            port: try #require(other.localAddress?.port), eventLoopGroup: Self.group, logger: journal.logger
        ) { "" }
        let (attempts, attempted) = AsyncStream.makeStream(of: Void.self)
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await endpoint.run(listening: { told.yield($0) }, wait: { attempted.yield() }) }
            var seen = attempts.makeAsyncIterator()
            for _ in 0..<3 { await seen.next() }
            try? await other.close().get()
            for await _ in ports { break }
            group.cancelAll()
        }
        #expect(journal.lines.filter { $0.contains("cannot be used: address already in use") }.count == 1)
    }

    @Test func `More clients than it serves are turned away until one leaves`() async throws {
        let count = ClientCount(limit: 2)
        let channels = try await Self.channels(3)
        #expect(count.enter(channels[0]) && count.enter(channels[1]) && !count.enter(channels[2]))
        try await channels[0].close().get()
        try await channels[0].closeFuture.get()
        #expect(count.enter(channels[2]))
        for channel in channels.dropFirst() { try await channel.close().get() }
    }

    private static func channels(_ count: Int) async throws -> [any Channel] {
        var channels: [any Channel] = []
        for _ in 0..<count {
            channels.append(try await DatagramBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get())
        }
        return channels
    }
}
