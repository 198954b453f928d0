// SPDX-License-Identifier: Apache-2.0

import UTC
import VOEvent
import VTP
import XML

/// What the archive finds an event by, beside its envelope: taken from the packet, as far as the packet says it.
struct EventSummary: Sendable {
    /// One event that the packet cites.
    struct CitedEvent: Sendable, Hashable {
        let ivorn: String
        /// `followup`, `supersedes`, `retraction` or what else the author wrote; empty if nothing.
        let kind: String
    }

    /// The ivorn without its local part.
    let stream: String
    /// `Who/AuthorIVORN`.
    let author: String?
    /// The parameter `event_type`, or the first `Why/Concept`.
    let eventType: String?
    /// The parameter `target_name` of the group `target`, or the name of the position.
    let target: String?
    /// When it happened: the time of the observation, or the beginning that the parameters tell.
    let time: UTCInstant?
    /// Right ascension and declination in degrees (ICRS or FK5), if both are there and within range.
    let position: (rightAscension: Double, declination: Double)?
    /// Events that the packet cites, each once.
    let citations: [CitedEvent]

    /// The summary of a packet; a packet that tells little has a short one.
    init(_ document: XMLDocument, ivorn: String) {
        stream = String(ivorn.prefix { $0 != "#" && $0 != "?" })
        let packet = VOEventPacket(document)
        let coordinates = packet?.whereWhen?.observation?.coordinates
        author = packet?.who?.authorIVORN.flatMap(EventSummary.text)
        eventType =
            EventSummary.text(packet?.what?.param(PSWSVocabulary.eventType.name)?.value)
            ?? EventSummary.text(packet?.why?.concepts.first)
        target =
            EventSummary.text(
                packet?.what?.group(PSWSVocabulary.targetGroup)?.param(PSWSVocabulary.targetName.name)?.value)
            ?? EventSummary.text(coordinates?.positionName)
        let start = packet?.what?.param(PSWSVocabulary.timeStart.name)?.value
        time = coordinates?.time?.start ?? start.flatMap { UTCInstant(iso8601: $0) }
        position = coordinates.flatMap(EventSummary.position)
        var seen: Set<CitedEvent> = []
        citations = (packet?.citations?.events ?? []).compactMap { citation in
            let cited = CitedEvent(ivorn: citation.ivorn, kind: citation.kind?.rawValue ?? "")
            return citation.ivorn.isEmpty || !seen.insert(cited).inserted ? nil : cited
        }
    }

    private static func position(_ coordinates: AstroCoords) -> (rightAscension: Double, declination: Double)? {
        guard let position = coordinates.position2D, position.values.count == 2, (position.unit ?? "deg") == "deg",
            let system = coordinates.systemID, system.contains("ICRS") || system.contains("FK5"),
            (0...360).contains(position.values[0]), (-90...90).contains(position.values[1])
        else { return nil }
        return (position.values[0], position.values[1])
    }

    /// A text that says something and is short enough to be searched for.
    private static func text(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return String(text.prefix(300))
    }
}
