// SPDX-License-Identifier: Apache-2.0

import JSON

extension APIDescription {
    /// The shapes of what is answered.
    var components: [(String, JSONText)] {
        [
            (
                "schemas",
                .object([
                    ("Problem", problem), ("Event", .object(event)), ("EventPage", page), ("EventView", view),
                    ("CitationGraph", citations), ("Receipt", receipt), ("Health", health),
                ])
            ),
            (
                "securitySchemes",
                .object([
                    (
                        "token",
                        .object([
                            ("type", .string("http")), ("scheme", .string("bearer")),
                            ("description", .string("The token that the centre gave to an author.")),
                        ])
                    )
                ])
            ),
        ]
    }

    private var problem: JSONText {
        SchemaText.object([
            ("type", SchemaText.text), ("title", SchemaText.text), ("status", SchemaText.integer),
            ("detail", SchemaText.text), ("reasons", SchemaText.list(of: SchemaText.text)),
        ])
    }

    private var event: [(String, JSONText)] {
        guard case .object(let members) = SchemaText.object(eventMembers, optional: eventOptions) else { return [] }
        return members
    }

    private var eventOptions: Set<String> { ["author", "event_type", "target", "time", "ra_deg", "dec_deg"] }

    private var eventMembers: [(String, JSONText)] {
        [
            ("sequence", SchemaText.integer), ("ivorn", SchemaText.text), ("role", SchemaText.text),
            ("version", SchemaText.text), ("received", SchemaText.time), ("stream", SchemaText.text),
            ("author", SchemaText.text), ("event_type", SchemaText.text), ("target", SchemaText.text),
            ("time", SchemaText.time), ("ra_deg", SchemaText.number), ("dec_deg", SchemaText.number),
            ("href", SchemaText.text),
        ]
    }

    private var page: JSONText {
        SchemaText.object(
            [
                ("events", SchemaText.list(of: SchemaText.reference("Event"))), ("next_cursor", SchemaText.text),
            ], optional: ["next_cursor"])
    }

    private var view: JSONText {
        let parameter = SchemaText.object(
            ["group", "name", "value", "unit", "ucd", "type"].map { ($0, SchemaText.text) },
            optional: ["group", "name", "value", "unit", "ucd", "type"])
        let who = ["author_ivorn", "title", "short_name", "contact_name", "contact_email", "date"]
        let why = SchemaText.object(
            [
                ("importance", SchemaText.number), ("expires", SchemaText.text),
                ("names", SchemaText.list(of: SchemaText.text)),
                ("concepts", SchemaText.list(of: SchemaText.text)),
                ("descriptions", SchemaText.list(of: SchemaText.text)),
            ], optional: ["importance", "expires"])
        let citation = SchemaText.object([("ivorn", SchemaText.text), ("kind", SchemaText.text)], optional: ["kind"])
        let packet = SchemaText.object(
            [
                ("description", SchemaText.text), ("reference", SchemaText.text),
                ("who", SchemaText.object(who.map { ($0, SchemaText.text) }, optional: Set(who))),
                ("what", SchemaText.list(of: parameter)), ("why", why),
                ("citations", SchemaText.list(of: citation)),
            ], optional: ["description", "reference", "who", "why"])
        return SchemaText.object(eventMembers + [("packet", packet)], optional: eventOptions.union(["packet"]))
    }

    private var citations: JSONText {
        let link = SchemaText.object(
            [("citing", SchemaText.text), ("cited", SchemaText.text), ("kind", SchemaText.text)], optional: ["kind"])
        return SchemaText.object([
            ("events", SchemaText.list(of: SchemaText.reference("Event"))),
            ("citations", SchemaText.list(of: link)), ("truncated", SchemaText.boolean),
        ])
    }

    private var receipt: JSONText {
        SchemaText.object([
            ("ivorn", SchemaText.text), ("sequence", SchemaText.integer), ("href", SchemaText.text),
        ])
    }

    private var health: JSONText {
        let archive = SchemaText.object(
            [
                ("writable", SchemaText.boolean), ("fault", SchemaText.text), ("free_bytes", SchemaText.integer),
                ("newest_sequence", SchemaText.integer),
            ], optional: ["fault", "free_bytes"])
        let stream = SchemaText.object([
            ("stream", SchemaText.text), ("last_received", SchemaText.time), ("age_s", SchemaText.number),
        ])
        let upstream = SchemaText.object(
            [
                ("address", SchemaText.text), ("connected", SchemaText.boolean), ("last_event", SchemaText.time),
                ("age_s", SchemaText.number),
            ], optional: ["last_event", "age_s"])
        return SchemaText.object([
            ("status", SchemaText.choice(["ok", "failing"])), ("time", SchemaText.time), ("started", SchemaText.time),
            ("archive", archive), ("streams", SchemaText.list(of: stream)),
            ("upstreams", SchemaText.list(of: upstream)), ("authors", SchemaText.integer),
            ("subscribers", SchemaText.integer), ("stream_clients", SchemaText.integer),
        ])
    }
}
