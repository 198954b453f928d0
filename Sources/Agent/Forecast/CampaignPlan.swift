// SPDX-License-Identifier: Apache-2.0

import Predictions
import UTC

/// When the station looks closer, by one forecast.
struct CampaignPlan: Sendable, Hashable {
    /// What holds at a time.
    struct State: Sendable, Hashable {
        /// The campaign; nil if there is none.
        var campaign: Campaign?
        /// Begin of the next one; nil if the forecast knows of none.
        var next: UTCInstant?
        /// Seconds since the forecast was made.
        var ageSeconds: Double
        /// Seconds for which it still reaches ahead; negative if it is over.
        var horizonSeconds: Double
        /// True if it is too old to be believed: there is no campaign, whatever it says.
        var isStale: Bool
    }

    private let target: String
    private let condition: String
    private let issued: UTCInstant
    private let end: UTCInstant
    private let intervals: [Interval]
    private let staleSeconds: Double
    private let falseAlarmsPerHour: Double

    private struct Interval: Sendable, Hashable {
        let ivorn: String?
        let start: UTCInstant, stop: UTCInstant
        let campaign: Range<UTCInstant>
    }

    /// The plan of a forecast under a configuration.
    init(_ forecast: Forecast, _ configuration: ForecastConfiguration) {
        target = forecast.series.target
        condition = "\(forecast.search.condition)"
        issued = forecast.issued
        end = forecast.series.hours.last?.time ?? forecast.issued
        let margin = configuration.marginSeconds
        intervals = forecast.intervals.map { item in
            let (start, stop) = (item.interval.start, item.interval.stop)
            return Interval(
                ivorn: item.ivorn, start: start, stop: stop,
                campaign: start.advanced(bySeconds: -margin)..<stop.advanced(bySeconds: margin))
        }
        staleSeconds = configuration.staleSeconds
        falseAlarmsPerHour = configuration.falseAlarmsPerHour
    }

    /// What holds now.
    func state(at now: UTCInstant) -> State {
        let age = now.seconds(since: issued)
        let isStale = age > staleSeconds
        // Where margins overlap, the interval that is nearer counts.
        let present = intervals.filter { $0.campaign.contains(now) }.min { distance($0, now) < distance($1, now) }
        return State(
            campaign: isStale
                ? nil
                : present.map {
                    Campaign(
                        target: target, ivorn: $0.ivorn, start: $0.start, stop: $0.stop, condition: condition,
                        falseAlarmsPerHour: falseAlarmsPerHour)
                },
            next: isStale ? nil : intervals.map(\.campaign.lowerBound).filter { $0 > now }.min(),
            ageSeconds: age, horizonSeconds: end.seconds(since: now), isStale: isStale)
    }

    /// Seconds between a time and an interval, 0 within.
    private func distance(_ interval: Interval, _ time: UTCInstant) -> Double {
        max(0, interval.start.seconds(since: time), time.seconds(since: interval.stop))
    }
}
