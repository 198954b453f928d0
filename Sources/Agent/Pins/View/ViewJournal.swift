// SPDX-License-Identifier: Apache-2.0

import Telemetry

/// Follows what stands in the way of the view, decides what the operator hears of it, and adds up for how long.
///
/// One line when something comes and one when it goes. Times are seconds of any steady clock.
struct ViewJournal {
    /// Lines that are watched; others have no figures.
    let watched: Set<Obstruction>
    /// What is in the way at the moment.
    private(set) var present: Set<Obstruction> = []

    /// What the operator should read first of what is in the way; nil if the view is clear.
    var foremost: Obstruction? { Obstruction.allCases.first(where: present.contains) }

    private var blockedSince: Double?
    private var earlierSeconds = 0.0

    init(watched: Set<Obstruction>) { self.watched = watched }

    /// Takes the state of a line: what to tell, nil if nothing has changed.
    mutating func take(_ obstruction: Obstruction, isPresent: Bool, now: Double) -> String? {
        guard present.contains(obstruction) != isPresent else { return nil }
        if isPresent { present.insert(obstruction) } else { present.remove(obstruction) }
        if isPresent {
            blockedSince = blockedSince ?? now
            return obstruction.sentence
        }
        if let foremost { return "\(obstruction.end), but \(foremost.sentence)" }
        let seconds = now - (blockedSince ?? now)
        earlierSeconds += seconds
        blockedSince = nil
        return "\(obstruction.end) after \(seconds.fixed(0)) s; frames are searched again"
    }

    /// Time in which frames were not searched so far, in seconds.
    func secondsBlocked(now: Double) -> Double { earlierSeconds + (blockedSince.map { now - $0 } ?? 0) }

    /// Figures for monitoring systems.
    func metrics(now: Double) -> [Metric] {
        guard !watched.isEmpty else { return [] }
        var metrics: [Metric] = []
        if watched.contains(.roofClosed) {
            metrics.append(
                Metric(
                    "psws_roof_open", .gauge, help: "1 while the roof or dome is open.",
                    value: present.contains(.roofClosed) ? 0 : 1))
        }
        if watched.contains(.rain) {
            metrics.append(
                Metric("psws_rain", .gauge, help: "1 while it rains.", value: present.contains(.rain) ? 1 : 0))
        }
        if watched.contains(.paused) {
            metrics.append(
                Metric(
                    "psws_paused", .gauge, help: "1 while the button pauses the search.",
                    value: present.contains(.paused) ? 1 : 0))
        }
        return metrics + [
            Metric(
                "psws_view_blocked", .counter, unit: "seconds",
                help: "Time in which frames were not searched because of the roof, rain or a pause.",
                value: secondsBlocked(now: now))
        ]
    }
}
