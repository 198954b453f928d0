// SPDX-License-Identifier: Apache-2.0

import Testing
import VTP

@testable import Portal

/// Events that are submitted over HTTP.
struct SubmissionTests {
    @Test func `A packet is stored once, and read back byte for byte`() async throws {
        try await TrialCentre.run { trial in
            let packet = TrialCentre.packet(1)
            let first = try await trial.submit(packet)
            #expect(first.status == 201)
            let path = try #require(first.headers[.location])
            #expect(path == "/api/v1/events/ivo%3A%2F%2Fpsws.test%2Fflashes%231")
            let again = try await trial.submit(packet)
            #expect(again.status == 200 && again.json["sequence"] as? Int == 1)
            let back = try await trial.ask(path)
            #expect(back.status == 200 && back.headers[.contentType] == "application/xml" && back.text == packet)
            #expect(try await trial.archive.count() == 1)
        }
    }

    @Test func `A refusal has the reasons that VTP would give`() async throws {
        try await TrialCentre.run { trial in
            let bad = TrialCentre.packet(1).replacing("role='test'", with: "role='joke'")
                .replacing("<What>", with: "<Whatever/><What>")
            let answer = try await trial.submit(bad)
            let own = await trial.centre.broker.submitOwn(Array(bad.utf8))
            guard case .refused(_, let reasons) = own else {
                Issue.record("it is taken")
                return
            }
            #expect(answer.status == 422 && answer.reasons == reasons && reasons.count >= 2)
            #expect(answer.headers[.contentType] == "application/problem+json")
        }
    }

    @Test func `An author publishes under the authorities of its token only`() async throws {
        try await TrialCentre.run { trial in
            let answer = try await trial.submit(TrialCentre.packet(1, authority: "psws.elsewhere"))
            #expect(answer.status == 422)
            #expect(answer.reasons == [#"the authority "psws.elsewhere" is not granted to Pic"#])
        }
    }

    @Test(arguments: ["", "Bearer", "Bearer psws_wrong", "Basic psws_trial", "Bearer psws_trial x", "psws_trial"])
    func `Without a known token nothing is taken`(authorization: String) async throws {
        try await TrialCentre.run { trial in
            let answer = try await trial.ask(
                "/api/v1/events", .post, headers: [.authorization: authorization], body: TrialCentre.packet(1))
            #expect(answer.status == 401 && answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
            #expect(!answer.text.contains("psws_"))
            #expect(try await trial.archive.count() == 0)
        }
    }

    @Test func `A token that is taken back is not known any more`() async throws {
        try await TrialCentre.run { trial in
            let before = try await trial.submit(TrialCentre.packet(1))
            var configuration = trial.centre.configuration
            configuration.http.tokens = []
            trial.face.apply(configuration)
            let after = try await trial.submit(TrialCentre.packet(2))
            #expect(before.status == 201 && after.status == 401)
        }
    }

    @Test func `A packet that is too large, and one that is no XML by its own word, are turned down`() async throws {
        try await TrialCentre.run(with: { $0.policy.limits.maximumEventBytes = 1024 }) { trial in
            let large = TrialCentre.packet(1) + String(repeating: " ", count: 1024)
            #expect(try await trial.submit(large).status == 413)
            let form = try await trial.ask(
                "/api/v1/events", .post,
                headers: [
                    .authorization: "Bearer \(TrialCentre.token)", .contentType: "application/x-www-form-urlencoded",
                ], body: TrialCentre.packet(1))
            #expect(form.status == 415)
        }
    }

    @Test func `A transport message is no event`() async throws {
        try await TrialCentre.run { trial in
            let message = TransportMessage(
                role: .iamalive, origin: "ivo://a/b", response: nil, timeStamp: .now())
            let answer = try await trial.submit(String(decoding: message.bytes(), as: UTF8.self))
            #expect(answer.status == 422 && answer.reasons.count == 1)
        }
    }
}
