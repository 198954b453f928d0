// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import JSON
import Server
import UTC
import VOEvent
import VTP

/// Events to be found and read.
struct EventRoutes: Sendable {
    let archive: EventArchive
    let settings: SettingsInForce
    let gate = SearchGate()

    func list(_ request: Request, _ context: PortalRequestContext) async throws -> Response {
        let query = try EventQuery(request.uri.query, maximumPage: settings.http.limits.maximumPage)
        let archive = archive
        let events = try await gate.search { try await archive.search(query) }
        // A page that is not full is the last one; there may be another behind a full one.
        let next = events.count < query.limit ? nil : events.last?.place(by: query.order)
        return Response(
            .object([
                ("events", .array(events.map(\.json))), ("next_cursor", .string(next?.description)),
            ]))
    }

    /// One event: its bytes, or a view of them in JSON.
    func read(_ request: Request, _ context: PortalRequestContext) async throws -> Response {
        try QueryString(request.uri.query).finish()
        let ivorn = try Self.ivorn(context)
        let types = ["application/xml", "text/xml", "application/json"]
        guard let type = AcceptHeader(request.headers[.accept]).best(of: types) else {
            throw Problem(.notAcceptable, "this can be had as \(types.joined(separator: ", "))")
        }
        guard let (event, packet) = try await archive.event(ivorn: ivorn) else { throw Self.unknown(ivorn) }
        var response =
            if type == "application/json" {
                Response(Self.view(of: event, packet))
            } else {
                Response(
                    status: .ok, headers: [.contentType: type],
                    body: ResponseBody(byteBuffer: ByteBuffer(bytes: packet)))
            }
        response.headers[.vary] = "Accept"
        return response
    }

    /// What cites an event, and what it cites, as far as that reaches.
    func citations(_ request: Request, _ context: PortalRequestContext) async throws -> Response {
        try QueryString(request.uri.query).finish()
        let ivorn = try Self.ivorn(context)
        let archive = archive
        guard let graph = try await gate.search({ try await archive.citations(around: ivorn) }) else {
            throw Self.unknown(ivorn)
        }
        return Response(graph.json)
    }

    private static func view(of event: ArchivedEvent, _ packet: [UInt8]) -> JSONText {
        let document = try? LoggedEvent(parsing: packet, received: event.received).document
        let view = document.flatMap { VOEventPacket($0) }?.json ?? .null
        return .object(event.jsonMembers + [("packet", view)])
    }

    /// The ivorn in the path.
    private static func ivorn(_ context: PortalRequestContext) throws -> String {
        guard let ivorn = try context.parameters.require("ivorn").percentDecoded() else {
            throw Problem(.badRequest, "the ivorn in the path is not percent-encoded UTF-8")
        }
        // To the database a text would end there.
        guard !ivorn.contains("\0") else { throw unknown(ivorn) }
        return ivorn
    }

    private static func unknown(_ ivorn: String) -> Problem {
        Problem(.notFound, "there is no event \(ivorn.printable)")
    }
}
