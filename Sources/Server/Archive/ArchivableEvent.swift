// SPDX-License-Identifier: Apache-2.0

import VTP

/// An event ready to be written: all that is not the database's business is done.
struct ArchivableEvent: Sendable {
    let event: LoggedEvent
    let summary: EventSummary
    /// Of the VOEvent element.
    let rootHash: Int64

    init(_ event: LoggedEvent) {
        self.event = event
        summary = EventSummary(event.document, ivorn: event.envelope.ivorn)
        rootHash = RootHash.of(event.rootElement)
    }
}
