// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Server
import Synchronization
import VTP

/// Events as they come, for browsers and programs: server-sent events.
///
/// - Reference: WHATWG HTML, section "Server-sent events".
struct LiveRoute: Sendable {
    let archive: EventArchive
    let settings: SettingsInForce
    let clients = LiveClients()

    func follow(_ request: Request, _ context: PortalRequestContext) async throws -> Response {
        var query = QueryString(request.uri.query)
        let filter = EventFilter(&query)
        let asked = query.integer("last_event_id", 0...EventSequence.max)
        try query.finish()
        let last = try Self.lastEvent(request) ?? asked
        let newest = try await archive.newestSequence()
        guard let seat = clients.takeSeat(limit: settings.http.limits.maximumStreams) else {
            throw Problem(.serviceUnavailable, "too many follow the stream already", headers: [.retryAfter: "60"])
        }
        // A place beyond the end is of another archive: live events are all that can be given.
        let feed = LiveFeed(archive: archive, filter: filter, next: min(last ?? newest, newest) + 1)
        let body = ResponseBody { writer in
            defer { seat.leave() }
            try await feed.write(to: &writer)
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: body)
    }

    /// What the client has already, which it says by itself when it connects again.
    private static func lastEvent(_ request: Request) throws(Problem) -> EventSequence? {
        guard let text = HTTPField.Name("Last-Event-ID").flatMap({ request.headers[$0] }) else { return nil }
        guard let last = EventSequence(text), last >= 0 else {
            throw Problem(.badRequest, "Last-Event-ID is the id of an event of this stream, a whole number")
        }
        return last
    }
}

/// Counts those who follow the stream.
final class LiveClients: Sendable {
    /// The place of one of them. It is given back once, at the latest when nobody has it any more.
    final class Seat: Sendable {
        private let clients: LiveClients
        private let isTaken = Atomic(true)

        fileprivate init(_ clients: LiveClients) { self.clients = clients }

        deinit { leave() }

        func leave() {
            guard isTaken.exchange(false, ordering: .relaxed) else { return }
            clients.seats.subtract(1, ordering: .relaxed)
        }
    }

    fileprivate let seats = Atomic(0)

    var count: Int { seats.load(ordering: .relaxed) }

    /// A place, unless `limit` are taken.
    func takeSeat(limit: Int) -> Seat? {
        let before = seats.add(1, ordering: .relaxed).oldValue
        let seat = Seat(self)
        return before < limit ? seat : nil
    }
}
