// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import JSON
import NIOCore
import Server
import VTP

/// Takes events from authors who bear a token, by the rules of the broker and with its answers.
struct SubmissionRoute: Sendable {
    private static let types = ["application/xml", "text/xml", "application/voevent+xml", "application/octet-stream"]

    let broker: VTPBroker
    let settings: SettingsInForce

    func submit(_ request: Request, _ context: PortalRequestContext) async throws -> Response {
        try QueryString(request.uri.query).finish()
        let author = try AuthorDirectory(tokens: settings.http.tokens).author(of: request)
        let type = request.headers[.contentType]?.split(separator: ";").first?.lowercased().trimmingPrefix(" ")
        guard type.map({ Self.types.contains(String($0)) }) ?? true else {
            throw Problem(
                .unsupportedMediaType, "an event is \(Self.types.joined(separator: " or "))",
                headers: [.accept: Self.types.joined(separator: ", ")])
        }
        let packet = try await packet(of: request)
        switch await broker.submit(packet, by: author, from: context.peer) {
        case .stored(let ivorn, let sequence):
            return Self.answer(.created, ivorn, sequence)
        case .alreadyStored(let ivorn, let sequence):
            return Self.answer(.ok, ivorn, sequence)
        case .refused(_, let reasons):
            throw Problem(.unprocessableContent, "the event is refused", reasons: reasons)
        case .notAnEvent(let reason):
            throw Problem(.unprocessableContent, "the event is refused", reasons: [reason])
        case .failed(let reason):
            throw Problem(.serviceUnavailable, reason, headers: [.retryAfter: "10"])
        }
    }

    private static func answer(
        _ status: HTTPResponse.Status, _ ivorn: String, _ sequence: EventSequence
    ) -> Response {
        let path = "/api/v1/events/" + ivorn.percentEncodedSegment
        var response = Response(
            .object([
                ("ivorn", .string(ivorn)), ("sequence", .integer(Int(sequence))), ("href", .string(path)),
            ]))
        response.status = status
        if status == .created { response.headers[.location] = path }
        return response
    }

    /// The body, within its size and time.
    private func packet(of request: Request) async throws -> [UInt8] {
        let limit = settings.maximumEventBytes
        let tooLarge = Problem(.contentTooLarge, "an event has at most \(limit) bytes")
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
        let seconds = settings.http.limits.requestTimeoutSeconds
        return try await withThrowingTaskGroup(of: [UInt8].self) { [body = request.body] tasks in
            tasks.addTask {
                do { return Array(buffer: try await body.collect(upTo: limit)) } catch is NIOTooManyBytesError {
                    throw tooLarge
                }
            }
            tasks.addTask {
                try await Task.sleep(for: .seconds(seconds))
                throw Problem(.requestTimeout, "the event did not come within \(seconds) s")
            }
            defer { tasks.cancelAll() }
            return try await tasks.next() ?? []
        }
    }
}
