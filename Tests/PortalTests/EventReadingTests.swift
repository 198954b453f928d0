// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Portal

/// One event, and the events around it.
struct EventReadingTests {
    private let path = "/api/v1/events/ivo%3A%2F%2Fpsws.test%2Fflashes%23"

    @Test func `Accept says whether the packet comes or a view of it`() async throws {
        try await TrialCentre.run { trial in
            let packet = TrialCentre.packet(1)
            try await trial.submit(packet)
            let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
            for accept in [nil, "*/*", "application/*", browser, "nonsense", ""] {
                let answer = try await trial.ask(path + "1", headers: accept.map { [.accept: $0] } ?? [:])
                #expect(answer.text == packet && answer.headers[.contentType] == "application/xml")
            }
            let view = try await trial.ask(path + "1", headers: [.accept: "application/json, application/xml;q=0.5"])
            #expect(view.headers[.contentType] == "application/json" && view.headers[.vary] == "Accept")
            let content = try #require(view.json["packet"] as? [String: Any])
            let what = try #require(content["what"] as? [[String: Any]])
            #expect(what.first?["name"] as? String == "event_type")
            #expect(try await trial.ask(path + "1", headers: [.accept: "image/png"]).status == 406)
            #expect(try await trial.ask(path + "1", headers: [.accept: "application/xml;q=0"]).status == 406)
        }
    }

    @Test(arguments: ["2", "1%00", "1%2F..%2F..%2Fetc%2Fpasswd", "%F0%9F%92%A9"])
    func `What is not there is not found`(local: String) async throws {
        try await TrialCentre.run { trial in
            try await trial.submit(TrialCentre.packet(1))
            let answer = try await trial.ask(path + local)
            #expect(answer.status == 404 && answer.headers[.contentType] == "application/problem+json")
            #expect(!answer.text.contains("\0"))
            #expect(try await trial.ask(path + local + "/citations").status == 404)
        }
    }

    @Test(arguments: ["%FF", "%", "%zz"]) func `Bytes that are no UTF-8 are refused`(local: String) async throws {
        try await TrialCentre.run { trial in
            let answer = try await trial.ask(path + local)
            #expect(answer.status == 400)
        }
    }

    @Test func `Citations are followed in both directions, in circles only once`() async throws {
        try await TrialCentre.run { trial in
            let ivorn = { (number: Int) in "ivo://psws.test/flashes#\(number)" }
            try await trial.submit(TrialCentre.packet(1, cites: ivorn(3)))
            try await trial.submit(TrialCentre.packet(2, cites: ivorn(1)))
            try await trial.submit(TrialCentre.packet(3, cites: ivorn(2)))
            try await trial.submit(TrialCentre.packet(4, cites: ivorn(9)))
            try await trial.submit(TrialCentre.packet(5))
            let circle = try await trial.ask(path + "2/citations")
            #expect(circle.numbers == ["1", "2", "3"])
            #expect((circle.json["citations"] as? [Any])?.count == 3)
            let open = try await trial.ask(path + "4/citations")
            #expect(open.numbers == ["4"] && (open.json["citations"] as? [Any])?.count == 1)
            let alone = try await trial.ask(path + "5/citations")
            #expect(alone.numbers == ["5"] && (alone.json["citations"] as? [Any])?.isEmpty == true)
        }
    }

    @Test func `A net of citations is followed up to a limit`() async throws {
        try await TrialCentre.run { trial in
            for number in 1...6 {
                try await trial.submit(TrialCentre.packet(number, cites: "ivo://psws.test/flashes#\(number - 1)"))
            }
            let graph = try #require(
                try await trial.archive.citations(around: "ivo://psws.test/flashes#3", limit: 3))
            #expect(graph.isTruncated && graph.links.count <= 3 && graph.events.count <= 3)
        }
    }
}
