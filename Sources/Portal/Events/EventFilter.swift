// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Server
import VTP

/// Which events a client asks for: the same names in the list and in the stream.
struct EventFilter: Sendable, Hashable {
    var role: String?
    var stream: String?
    var eventType: String?
    var target: String?

    init(_ query: inout QueryString) {
        role = query.choice("role", ["observation", "prediction", "utility", "test"].map { ($0, $0) })
        stream = query.text("stream")
        eventType = query.text("event_type")
        target = query.text("target")
    }

    /// True if an event is asked for.
    func matches(_ event: ArchivedEvent) -> Bool {
        (role == nil || role == event.role) && (stream == nil || stream == event.stream)
            && (eventType == nil || eventType == event.eventType) && (target == nil || target == event.target)
    }
}

extension EventQuery {
    /// Events of a page if the client does not say how many.
    static let standardPage = 100

    /// Reads the query of a list of events.
    ///
    /// - Throws: 400 with every mistake.
    init(_ text: String?, maximumPage: Int) throws(Problem) {
        var query = QueryString(text)
        self.init()
        order = query.choice("order", [("received", .received), ("event", .happened)]) ?? .received
        received = query.times("received_from", "received_to")
        happened = query.times("event_from", "event_to")
        let filter = EventFilter(&query)
        (role, stream, eventType, target) = (filter.role, filter.stream, filter.eventType, filter.target)
        ivorn = query.text("ivorn", maximum: 1000)
        author = query.text("author")
        cites = query.text("cites", maximum: 1000)
        self.text = query.text("text", maximum: 100)
        limit = query.integer("limit", 1...maximumPage) ?? min(EventQuery.standardPage, maximumPage)
        after = query.value("cursor") { text in
            EventPlace(text).map { .success($0) } ?? .failure("cursor is what an answer gave as next_cursor")
        }
        try query.finish()
    }
}
