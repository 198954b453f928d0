// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Testing
import VTP

@testable import Portal
@testable import Server

/// Events as they come.
struct LiveTests {
    /// Takes what is written, and ends the feed after so many events.
    private struct CountingWriter: ResponseBodyWriter {
        struct Enough: Error {}

        let text: Collected
        let events: Int

        mutating func write(_ buffer: ByteBuffer) async throws {
            if text.append(String(buffer: buffer)) >= events { throw Enough() }
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    private final class Collected: @unchecked Sendable {
        private let lock = NSLock()
        private var text = ""

        func append(_ more: String) -> Int {
            lock.withLock {
                text += more
                return identifiers(text).count
            }
        }

        var identifiers: [String] { lock.withLock { identifiers(text) } }

        private func identifiers(_ text: String) -> [String] {
            text.split(separator: "\n").filter { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
        }
    }

    /// What a feed writes until it has written so many events.
    private func follow(
        _ trial: TrialCentre, from next: EventSequence, events: Int, query: String = ""
    ) async throws -> [String] {
        var parameters = QueryString(query)
        let feed = LiveFeed(archive: trial.archive, filter: EventFilter(&parameters), next: next)
        let collected = Collected()
        var writer: any ResponseBodyWriter = CountingWriter(text: collected, events: events)
        do { try await feed.write(to: &writer) } catch is CountingWriter.Enough {}
        return collected.identifiers
    }

    @Test func `A client gets what it missed, then what comes, in order`() async throws {
        try await TrialCentre.run { trial in
            for number in 1...3 { try await trial.submit(TrialCentre.packet(number)) }
            async let seen = follow(trial, from: 2, events: 4)
            for number in 4...5 { try await trial.submit(TrialCentre.packet(number)) }
            #expect(try await seen == ["2", "3", "4", "5"])
        }
    }

    @Test func `More than a batch that was missed comes without a gap`() async throws {
        try await TrialCentre.run { trial in
            for number in 1...150 { try await trial.submit(TrialCentre.packet(number)) }
            #expect(try await follow(trial, from: 1, events: 150) == (1...150).map(String.init))
        }
    }

    @Test func `A client gets only what it asked for`() async throws {
        try await TrialCentre.run { trial in
            try await trial.submit(TrialCentre.packet(1))
            try await trial.submit(TrialCentre.packet(2, type: "fireball"))
            #expect(try await follow(trial, from: 1, events: 1, query: "event_type=fireball") == ["2"])
        }
    }

    @Test(arguments: ["-1", "x", "1.5", "99999999999999999999", ""])
    func `A place that is none is refused`(last: String) async throws {
        try await TrialCentre.run { trial in
            let name = try #require(HTTPField.Name("Last-Event-ID"))
            #expect(try await trial.ask("/api/v1/stream", headers: [name: last]).status == 400)
            #expect(try await trial.ask("/api/v1/stream?last_event_id=\(last)").status == 400)
        }
    }

    @Test func `So many follow the stream, and a place that is left is free again`() {
        let clients = LiveClients()
        var first = clients.takeSeat(limit: 1)
        #expect(first != nil && clients.takeSeat(limit: 1) == nil && clients.count == 1)
        first?.leave()
        first?.leave()
        #expect(clients.count == 0)
        first = nil
        #expect(clients.count == 0 && clients.takeSeat(limit: 1) != nil)
    }
}
