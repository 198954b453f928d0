// SPDX-License-Identifier: Apache-2.0

import UTC

/// Alerts that the outbox could not take, kept in memory until it can.
///
/// A full disk is freed by somebody sooner or later. The frames around an alert are too large to be kept for that long;
/// the event itself, with its light curve, is not.
actor UnstoredAlerts {
    private struct Alert {
        let evidence: Evidence
        let clock: ClockEvidence?
        let publisher: EventPublisher
    }

    private let capacity: Int
    private var alerts: [Alert] = []
    private var isStoring = false

    /// A place for so many alerts.
    init(capacity: Int = 1000) { self.capacity = capacity }

    /// Alerts that wait for room.
    var count: Int { alerts.count }

    /// Keeps an alert without its frames. If there is no place left, those that came first stay.
    func keep(_ evidence: Evidence, clock: ClockEvidence?, publisher: EventPublisher) {
        guard alerts.count < capacity else { return }
        let event = Evidence(
            name: evidence.name, event: evidence.event, clip: nil, meaning: evidence.meaning,
            campaign: evidence.campaign)
        alerts.append(Alert(evidence: event, clock: clock, publisher: publisher))
    }

    /// Tries again, oldest first, until one does not find room either.
    ///
    /// - Returns: what was stored.
    func store(now: UTCInstant) async -> [EventPublisher.Publication] {
        // Only one at a time, so that the first alert is the same before and after it was published.
        guard !isStoring else { return [] }
        isStoring = true
        defer { isStoring = false }
        var stored: [EventPublisher.Publication] = []
        while let alert = alerts.first {
            let publication = try? await alert.publisher.publish(alert.evidence, clock: alert.clock, now: now)
            guard let publication else { break }
            stored.append(publication)
            alerts.removeFirst()
        }
        return stored
    }
}
