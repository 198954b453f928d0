// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOPosix
import UTC
import VTP

@testable import Portal
@testable import Server

/// A centre in a directory of its own, with its face on the web.
struct TrialCentre {
    /// The token of an author who may use `psws.test`.
    static let token = "psws_trial"

    let centre: Centre
    let face: WebFace

    var archive: EventArchive { centre.archive }

    /// Runs a test on a centre, and takes it down again.
    static func run(_ test: (TrialCentre) async throws -> Void) async throws {
        try await run(with: { _ in }, test)
    }

    /// The same with another configuration than the usual.
    static func run(
        with change: (inout ServerConfiguration) -> Void, _ test: (TrialCentre) async throws -> Void
    ) async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("psws-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var configuration = ServerConfiguration()
        configuration.submitPort = 0
        configuration.subscribePort = 0
        configuration.http.port = 0
        configuration.http.tokens = [
            AuthorToken(
                sha256: AccessToken.hash(token), author: KnownAuthor(name: "Pic", authorities: ["psws.test"]))
        ]
        change(&configuration)
        let archive = try EventArchive(in: DataDirectory(path: path))
        let group = MultiThreadedEventLoopGroup.singleton
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let broker = try await VTPBroker(
            options: configuration.brokerOptions(), log: archive, eventLoopGroup: group, logger: logger)
        let centre = Centre(
            configuration: configuration, archive: archive, broker: broker, started: .now(), eventLoopGroup: group,
            logger: logger, predictions: PredictionState(), subscriptions: [])
        do {
            try await test(TrialCentre(centre: centre, face: WebFace(centre)))
            await broker.shutDown()
        } catch {
            await broker.shutDown()
            throw error
        }
    }

    /// A valid packet.
    static func packet(
        _ number: Int, authority: String = "psws.test", type: String = "lunar_flash", cites: String? = nil
    ) -> String {
        let citation = cites.map { "<Citations><EventIVORN cite='followup'>\($0)</EventIVORN></Citations>" } ?? ""
        return """
            <?xml version='1.0' encoding='UTF-8'?>
            <voe:VOEvent xmlns:voe='http://www.ivoa.net/xml/VOEvent/v2.0' role='test' version='2.0' \
            ivorn='ivo://\(authority)/flashes#\(number)'>
            <Who><AuthorIVORN>ivo://psws.test/author</AuthorIVORN><Date>2026-03-01T21:14:09Z</Date></Who>
            <What><Param name='event_type' value='\(type)'/></What>\(citation)
            </voe:VOEvent>
            """
    }

    /// Asks without a network in between.
    func ask(
        _ path: String, _ method: HTTPRequest.Method = .get, headers: HTTPFields = [:], body: String? = nil
    ) async throws -> Answer {
        try await face.application().test(.router) { client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
            ) { Answer($0) }
        }
    }

    /// Submits a packet with the author's token.
    @discardableResult
    func submit(_ packet: String, token: String = TrialCentre.token) async throws -> Answer {
        try await ask(
            "/api/v1/events", .post,
            headers: [.authorization: "Bearer \(token)", .contentType: "application/xml"], body: packet)
    }
}

/// What was answered.
struct Answer {
    let status: Int
    let headers: HTTPFields
    let text: String

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        text = String(buffer: response.body)
    }

    /// The answer as JSON; empty if it is none.
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
    }

    /// The reasons of a problem.
    var reasons: [String] { json["reasons"] as? [String] ?? [] }

    /// The ivorns of a list of events.
    var numbers: [String] {
        (json["events"] as? [[String: Any]] ?? []).compactMap { event in
            (event["ivorn"] as? String)?.split(separator: "#").last.map(String.init)
        }
    }
}
