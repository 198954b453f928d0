// SPDX-License-Identifier: Apache-2.0

import Server
import UTC

/// Asks the centre how it does, at most once a second, however many ask.
actor HealthMonitor {
    private static let validSeconds = 1.0

    private let centre: Centre
    private var latest: CentreHealth?
    private var inquiry: Task<CentreHealth, Never>?

    init(_ centre: Centre) { self.centre = centre }

    /// How the centre does, or did a moment ago.
    func health() async -> CentreHealth {
        if let latest, (0..<HealthMonitor.validSeconds).contains(UTCInstant.now().seconds(since: latest.time)) {
            return latest
        }
        let inquiry = inquiry ?? Task { [centre] in await centre.health() }
        self.inquiry = inquiry
        let health = await inquiry.value
        self.inquiry = nil
        latest = health
        return health
    }
}
