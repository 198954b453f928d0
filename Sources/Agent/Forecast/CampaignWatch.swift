// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization
import Telemetry
import UTC

/// Knows at any time whether there is a campaign: looks after the forecast's file and the clock, for as long as the
/// agent runs.
///
/// The searching thread asks with every frame; it waits for no file.
final class CampaignWatch: Sendable {
    private struct Known {
        var stamp: Int64?
        var plan: CampaignPlan?
        var state: CampaignPlan.State?
        var isFailureTold = false
        var isStalenessTold = false
    }

    private let configuration: ForecastConfiguration
    private let store: ForecastStore
    private let logger: Logger
    private let known = Mutex(Known())

    /// Seconds between two looks. Predictions are good for hours.
    private static let intervalSeconds = 30.0

    /// A watch that has not looked yet.
    init(_ configuration: ForecastConfiguration, store: ForecastStore, logger: Logger) {
        self.configuration = configuration
        self.store = store
        self.logger = logger
    }

    /// The campaign of this moment; nil if there is none.
    var campaign: Campaign? { known.withLock { $0.state?.campaign } }

    /// Looks again and again, until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            look(now: .now())
            try? await Task.sleep(for: .seconds(Self.intervalSeconds))
        }
    }

    /// Looks at the file, if it is another one, and at the time.
    func look(now: UTCInstant) {
        let stamp = store.stamp
        let isNew = known.withLock { known in
            defer { known.stamp = stamp }
            return known.stamp != stamp
        }
        if isNew { readAgain() }
        let (before, after) = known.withLock { known in
            let before = known.state
            known.state = known.plan?.state(at: now)
            return (before, known.state)
        }
        tell(before, after)
    }

    /// Figures for monitoring systems.
    var metrics: [Metric] {
        let state = known.withLock { $0.state }
        return [
            Metric(
                "psws_forecast_age", .gauge, unit: "seconds",
                help: "Time since the forecast was made; NaN without one.",
                value: state?.ageSeconds ?? .nan),
            Metric(
                "psws_forecast_horizon", .gauge, unit: "seconds",
                help: "Time for which the forecast still reaches ahead; NaN without one.",
                value: state?.horizonSeconds ?? .nan),
            Metric(
                "psws_forecast_stale", .gauge, help: "1 if there is no forecast, or one too old to be believed.",
                value: state?.isStale == false ? 0 : 1),
            Metric(
                "psws_campaign", .gauge, help: "1 while the station looks closer because of a prediction.",
                value: state?.campaign == nil ? 0 : 1),
        ]
    }

    private func readAgain() {
        do {
            let plan = CampaignPlan(try store.read(), configuration)
            known.withLock { ($0.plan, $0.isFailureTold) = (plan, false) }
        } catch {
            // A box that has just been set up has none; a file that is damaged says nothing of the one before it.
            let isNews = known.withLock { known in
                defer { known.isFailureTold = true }
                return !known.isFailureTold
            }
            if isNews { logger.warning("no forecast: \(error)") }
        }
    }

    private func tell(_ before: CampaignPlan.State?, _ after: CampaignPlan.State?) {
        if let campaign = after?.campaign, campaign != before?.campaign {
            let verb = before?.campaign == nil ? "begins" : "goes on"
            let rate = campaign.falseAlarmsPerHour
            logger.notice(
                "campaign \(verb): \(campaign.sentence); \(rate) false alarms an hour are put up with, and every candidate is kept"
            )
        } else if before?.campaign != nil, after?.campaign == nil {
            logger.notice("the campaign is over")
        }
        let isStale = after?.isStale == true
        let isNews = known.withLock { known in
            defer { known.isStalenessTold = isStale }
            return isStale && !known.isStalenessTold
        }
        if isNews, let after {
            logger.warning(
                "the forecast is \((after.ageSeconds / 86_400).fixed(1)) d old and not believed: no campaign until a newer one comes"
            )
        }
    }
}
