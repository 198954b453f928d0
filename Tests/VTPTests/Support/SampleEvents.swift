// SPDX-License-Identifier: Apache-2.0

import UTC

@testable import VTP

/// Small events that are valid under VOEvent 2.0.
enum SampleEvents {
    /// An event with a number in its ivorn.
    static func packet(
        _ number: Int = 1, prologue: String = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", role: String? = "test",
        what: String = "<Param name=\"n\" value=\"1\"/>"
    ) -> [UInt8] {
        let roleAttribute = role.map { " role=\"\($0)\"" } ?? ""
        return Array(
            """
            \(prologue)<voe:VOEvent xmlns:voe="http://www.ivoa.net/xml/VOEvent/v2.0" \
            ivorn="\(ivorn(number))"\(roleAttribute) version="2.0">
            <Who><AuthorIVORN>ivo://psws.test/author</AuthorIVORN><Date>2026-03-01T21:14:09Z</Date></Who>
            <What>\(what)</What>
            </voe:VOEvent>
            """.utf8)
    }

    static func ivorn(_ number: Int = 1) -> String { "ivo://psws.test/flashes#\(number)" }

    /// The event as a log takes it.
    static func logged(_ packet: [UInt8]) throws -> LoggedEvent {
        try LoggedEvent(parsing: packet, received: .now())
    }

    static func stored(_ number: Int = 1, packet: [UInt8]? = nil) -> StoredEvent {
        StoredEvent(
            sequence: EventSequence(number), packet: packet ?? SampleEvents.packet(number), ivorn: ivorn(number))
    }
}
