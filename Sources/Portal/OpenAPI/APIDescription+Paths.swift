// SPDX-License-Identifier: Apache-2.0

import JSON
import VTP

extension APIDescription {
    /// What can be done at which path.
    var paths: [(String, JSONText)] {
        let get = { (operation: JSONText) in JSONText.object([("get", operation)]) }
        return [
            ("/api/v1/events", .object([("get", list), ("post", submit)])), ("/api/v1/events/{ivorn}", get(event)),
            ("/api/v1/events/{ivorn}/citations", get(citations)), ("/api/v1/stream", get(stream)),
            ("/api/v1/openapi.json", get(description)), ("/health", get(health)), ("/metrics", get(metrics)),
        ]
    }

    private var list: JSONText {
        operation(
            "listEvents", "Events of the archive, newest first, a page at a time.",
            parameters: filters + [
                query(
                    "order", "By when events were received, or by when they happened.",
                    SchemaText.choice(["received", "event"])),
                query("received_from", "Received at this time or later.", SchemaText.time),
                query("received_to", "Received at this time or earlier.", SchemaText.time),
                query("event_from", "Happened at this time or later.", SchemaText.time),
                query("event_to", "Happened at this time or earlier.", SchemaText.time),
                query("ivorn", "Of this ivorn.", SchemaText.text(1...1000)),
                query("author", "Of the author with this ivorn.", SchemaText.text(1...300)),
                query("cites", "Citing the event with this ivorn.", SchemaText.text(1...1000)),
                query("text", "With this text in ivorn, type, target or author.", SchemaText.text(1...100)),
                query("limit", "Events of the page at most.", SchemaText.integer(1...settings.http.limits.maximumPage)),
                query(
                    "cursor", "next_cursor of the page before, with the same other parameters.",
                    SchemaText.text(pattern: "^-?[0-9]{1,18}_[0-9]{1,18}$")),
            ],
            answers: [json("200", "A page; next_cursor is null on the last.", "EventPage")], failures: [400, 503])
    }

    private var submit: JSONText {
        let xml = JSONText.object([("schema", .object([("type", .string("string")), ("format", .string("binary"))]))])
        return operation(
            "submitEvent", "Submit a VOEvent packet. What is stored already is a success, too.",
            body: .object([
                ("required", .boolean(true)),
                ("content", .object([("application/xml", xml), ("text/xml", xml)])),
            ]),
            answers: [
                json("201", "The event is new, and on the disk.", "Receipt"),
                json("200", "The event was stored before.", "Receipt"),
            ], failures: [400, 401, 408, 413, 415, 422, 503], isProtected: true)
    }

    private var event: JSONText {
        operation(
            "readEvent", "The newest packet with an ivorn, byte for byte as it was received; or a view of it in JSON.",
            parameters: [ivorn],
            answers: [
                answer(
                    "200", "The packet.",
                    [
                        ("application/xml", .object([("schema", SchemaText.text)])),
                        ("text/xml", .object([("schema", SchemaText.text)])),
                        ("application/json", .object([("schema", SchemaText.reference("EventView"))])),
                    ])
            ], failures: [400, 404, 406])
    }

    private var citations: JSONText {
        operation(
            "readCitations", "The events that cite an event or are cited by it, and so on, in both directions.",
            parameters: [ivorn], answers: [json("200", "The citations, as far as they reach.", "CitationGraph")],
            failures: [400, 404, 503])
    }

    private var stream: JSONText {
        operation(
            "followEvents",
            "Events as they come, as server-sent events: id is the sequence, data an Event. It does not end.",
            parameters: filters + [
                query(
                    "last_event_id", "The last event that is known; what came since is sent first.",
                    SchemaText.integer(0...Int.max)),
                parameter("Last-Event-ID", "header", "The same, as browsers say it.", SchemaText.integer(0...Int.max)),
            ],
            answers: [answer("200", "The events.", [("text/event-stream", .object([("schema", SchemaText.text)]))])],
            failures: [400, 503])
    }

    private var description: JSONText {
        let document = JSONText.object([("schema", .object([("type", .string("object"))]))])
        return operation(
            "readDescription", "This document.",
            answers: [answer("200", "The document.", [("application/json", document)])], failures: [])
    }

    private var health: JSONText {
        operation(
            "readHealth", "How the centre does: can it store, when was each stream heard last.",
            answers: [
                json("200", "Events can be stored.", "Health"), json("503", "Events cannot be stored.", "Health"),
            ], failures: [])
    }

    private var metrics: JSONText {
        let text = JSONText.object([("schema", SchemaText.text)])
        return operation(
            "readMetrics", "Figures for a monitoring system, in OpenMetrics.",
            answers: [answer("200", "The figures.", [("application/openmetrics-text", text)])], failures: [])
    }

    private var filters: [JSONText] {
        [
            query("role", "Of this role.", SchemaText.choice(["observation", "prediction", "utility", "test"])),
            query("stream", "Of this stream: an ivorn without its local part.", SchemaText.text(1...300)),
            query("event_type", "Of this type.", SchemaText.text(1...300)),
            query("target", "On this target.", SchemaText.text(1...300)),
        ]
    }

    private var ivorn: JSONText {
        parameter("ivorn", "path", "The event's ivorn, percent-encoded, / and # too.", SchemaText.text(1...1000))
    }
}
