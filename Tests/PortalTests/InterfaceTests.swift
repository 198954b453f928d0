// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import NIOCore
import Testing
import VTP

@testable import Portal

/// What holds for the whole interface.
struct InterfaceTests {
    @Test func `Other methods are told what can be done`() async throws {
        try await TrialCentre.run { trial in
            for method in [HTTPRequest.Method.delete, .put, .patch, .trace] {
                let answer = try await trial.ask("/api/v1/events", method)
                #expect(answer.status == 405 && answer.headers[.allow] == "GET, POST, HEAD, OPTIONS")
            }
            #expect(try await trial.ask("/health", .post).status == 405)
            #expect(try await trial.ask("/nothing").status == 404)
            let head = try await trial.ask("/health", .head)
            #expect(head.status == 200 && head.text.isEmpty)
            let options = try await trial.ask("/api/v1/events", .options)
            #expect(options.status == 204 && options.headers[.accessControlAllowMethods] == "GET, HEAD")
        }
    }

    @Test func `Every answer tells browsers to be careful, and pages to read along`() async throws {
        try await TrialCentre.run { trial in
            for path in ["/health", "/nothing", "/api/v1/events?x=1"] {
                let headers = try await trial.ask(path).headers
                #expect(headers[.contentSecurityPolicy] == "default-src 'none'; sandbox")
                #expect(headers[.xContentTypeOptions] == "nosniff" && headers[.accessControlAllowOrigin] == "*")
            }
        }
    }

    @Test func `Health tells when each stream was heard last`() async throws {
        try await TrialCentre.run { trial in
            try await trial.submit(TrialCentre.packet(1))
            let answer = try await trial.ask("/health")
            #expect(answer.status == 200 && answer.json["status"] as? String == "ok")
            let streams = try #require(answer.json["streams"] as? [[String: Any]])
            #expect(streams.first?["stream"] as? String == "ivo://psws.test/flashes")
            #expect((streams.first?["age_s"] as? Double ?? -1) >= 0)
            #expect((answer.json["archive"] as? [String: Any])?["writable"] as? Bool == true)
        }
    }

    @Test func `Health says so when nothing can be stored`() async throws {
        try await TrialCentre.run { trial in
            try trial.archive.close()
            let answer = try await trial.submit(TrialCentre.packet(1))
            #expect(answer.status == 503 && answer.headers[.retryAfter] != nil)
            let health = try await trial.ask("/health")
            #expect(health.status == 503 && health.json["status"] as? String == "failing")
        }
    }

    @Test func `Metrics count events by the way they come`() async throws {
        try await TrialCentre.run { trial in
            try await trial.submit(TrialCentre.packet(1))
            try await trial.submit(TrialCentre.packet(1))
            try await trial.submit("<a/>")
            let text = try await trial.ask("/metrics").text
            for line in [
                #"psws_server_events_stored_total{way="http"} 1"#, #"psws_server_events_repeated_total{way="http"} 1"#,
                #"psws_server_events_refused_total{way="http"} 1"#, "psws_server_newest_sequence 1",
            ] {
                #expect(text.contains(line + "\n"))
            }
            #expect(text.hasSuffix("# EOF\n"))
        }
    }

    @Test func `The description names every path, and its references lead somewhere`() async throws {
        try await TrialCentre.run { trial in
            let answer = try await trial.ask("/api/v1/openapi.json")
            let paths = try #require(answer.json["paths"] as? [String: Any])
            #expect(paths.count == 7)
            let components = try #require(answer.json["components"] as? [String: Any])
            let schemas = try #require(components["schemas"] as? [String: Any])
            let references = answer.text.matches(of: /#\/components\/schemas\/(\w+)/).map { String($0.1) }
            #expect(!references.isEmpty && references.allSatisfy { schemas[$0] != nil })
        }
    }

    @Test func `An address that asks too often has to wait`() {
        let rates = RateLimiter()
        let address = IPAddress("192.0.2.7")
        let now = NIODeadline.uptimeNanoseconds(0)
        #expect(rates.allows(address, perMinute: 60, burst: 2, now: now))
        #expect(rates.allows(address, perMinute: 60, burst: 2, now: now))
        #expect(!rates.allows(address, perMinute: 60, burst: 2, now: now))
        #expect(rates.allows(address, perMinute: 60, burst: 2, now: now + .seconds(1)))
    }

    @Test func `An address has so many connections, and this machine any number`() {
        let counter = ConnectionCounter()
        let (other, own) = (IPAddress("192.0.2.7"), IPAddress("127.0.0.1"))
        #expect(counter.admit(other, limit: 1) && !counter.admit(other, limit: 1))
        counter.forget(other)
        #expect(counter.admit(other, limit: 1))
        #expect(counter.admit(own, limit: 1) && counter.admit(own, limit: 1))
    }

    @Test func `A token is random, and known by its hash`() {
        var generator = SystemRandomNumberGenerator()
        let (one, two) = (AccessToken(using: &generator), AccessToken(using: &generator))
        #expect(one.text != two.text && one.text.count == 69 && one.text.hasPrefix("psws_"))
        #expect(one.sha256.count == 64)
        // FIPS 180-2, appendix B.1.
        let hash = AccessToken.hash("abc").map { String($0, radix: 16) }
        #expect(hash.prefix(4) == ["ba", "78", "16", "bf"] && hash.count == 32)
    }

    @Test func `A search that takes too long makes way for the next`() async throws {
        let gate = SearchGate(timeLimit: .milliseconds(1))
        await #expect(throws: Problem.self) {
            try await gate.search { try await Task.sleep(for: .seconds(600)) }
        }
        let patient = SearchGate()
        #expect(try await patient.search { 7 } == 7)
        #expect(try await patient.search { 8 } == 8)
    }
}
