// SPDX-License-Identifier: Apache-2.0

import Server
import Testing
import UTC

@testable import Portal

/// Lists of events, and mistakes in what is asked for.
struct EventListTests {
    private func store(_ count: Int, _ trial: TrialCentre) async throws {
        for number in 1...count { try await trial.submit(TrialCentre.packet(number)) }
    }

    @Test func `Pages hold every event once, though others arrive between them`() async throws {
        try await TrialCentre.run { trial in
            try await store(5, trial)
            let first = try await trial.ask("/api/v1/events?limit=2")
            #expect(first.numbers == ["5", "4"])
            try await trial.submit(TrialCentre.packet(6))
            let cursor = try #require(first.json["next_cursor"] as? String)
            let second = try await trial.ask("/api/v1/events?limit=3&cursor=\(cursor)")
            #expect(second.numbers == ["3", "2", "1"])
            let end = try #require(second.json["next_cursor"] as? String)
            let last = try await trial.ask("/api/v1/events?cursor=\(end)")
            #expect(last.numbers.isEmpty && last.text.contains(#""next_cursor": null"#))
        }
    }

    @Test func `Events are found by what a query names`() async throws {
        try await TrialCentre.run { trial in
            try await trial.submit(TrialCentre.packet(1))
            try await trial.submit(TrialCentre.packet(2, type: "fireball"))
            try await trial.submit(TrialCentre.packet(3, cites: "ivo://psws.test/flashes#1"))
            func numbers(_ query: String) async throws -> [String] {
                try await trial.ask("/api/v1/events?" + query).numbers
            }
            #expect(try await numbers("event_type=fireball") == ["2"])
            #expect(try await numbers("role=test&stream=ivo://psws.test/flashes") == ["3", "2", "1"])
            #expect(try await numbers("role=observation").isEmpty)
            #expect(try await numbers("ivorn=ivo%3A%2F%2Fpsws.test%2Fflashes%231") == ["1"])
            #expect(try await numbers("cites=ivo%3A%2F%2Fpsws.test%2Fflashes%231") == ["3"])
            #expect(try await numbers("text=FIRE") == ["2"])
            #expect(try await numbers("text=%25").isEmpty)
            #expect(try await numbers("received_to=2020-01-01").isEmpty)
            #expect(try await numbers("received_from=2020-01-01") == ["3", "2", "1"])
            #expect(try await numbers("order=event").isEmpty)
        }
    }

    @Test func `Every mistake of a query is told at once`() async throws {
        try await TrialCentre.run { trial in
            let answer = try await trial.ask(
                "/api/v1/events?limit=-1&role=x&cursor=..&received_from=yesterday&steam=y&text=&event_from=2026-01-02&event_to=2026-01-01"
            )
            #expect(answer.status == 400 && answer.reasons.count == 7)
        }
    }

    @Test(arguments: [
        "limit=0", "limit=501", "limit=99999999999999999999", "limit=1e2", "limit=", "limit=1&limit=2", "cursor=1",
        "cursor=_", "cursor=1_-1", "cursor=99999999999999999999_1", "cursor=+1_1", "text=%FF", "text=%", "text=%4",
        "%00=1", "ivorn=a%00b", "ivorn=", "received_from=2026-02-30", "received_from=9999-01-01",
    ])
    func `A bad value is refused`(query: String) async throws {
        try await TrialCentre.run { trial in
            let answer = try await trial.ask("/api/v1/events?" + query)
            #expect(answer.status == 400 && answer.reasons.count == 1, "\(answer.text)")
        }
    }

    @Test func `A place in a list is read as it is written`() {
        let place = EventPlace("-5_7")
        #expect(place?.time == UTCInstant(nanosecondsSince1970: -5) && place?.sequence == 7)
        #expect(place?.description == "-5_7")
    }
}
