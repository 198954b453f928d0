// SPDX-License-Identifier: Apache-2.0

import JSON
import Server
import UTC

extension ArchivedEvent {
    /// Path of the event itself.
    var path: String { "/api/v1/events/" + ivorn.percentEncodedSegment }

    /// The event as lists tell it.
    var json: JSONText { .object(jsonMembers) }

    var jsonMembers: [(String, JSONText)] {
        [
            ("sequence", .integer(Int(sequence))), ("ivorn", .string(ivorn)), ("role", .string(role)),
            ("version", .string(version)), ("received", .string(received.description)), ("stream", .string(stream)),
            ("author", .string(author)), ("event_type", .string(eventType)), ("target", .string(target)),
            ("time", .string(time?.description)), ("ra_deg", .number(rightAscensionDegrees)),
            ("dec_deg", .number(declinationDegrees)), ("href", .string(path)),
        ]
    }
}

extension CitationGraph {
    var json: JSONText {
        .object([
            ("events", .array(events.map(\.json))),
            (
                "citations",
                .array(
                    links.map { link in
                        .object([
                            ("citing", .string(link.citing)), ("cited", .string(link.cited)),
                            ("kind", link.kind.isEmpty ? .null : .string(link.kind)),
                        ])
                    })
            ),
            ("truncated", .boolean(isTruncated)),
        ])
    }
}
