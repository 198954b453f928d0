// SPDX-License-Identifier: Apache-2.0

import UTC

/// Whether the station knows what is predicted for its target.
struct ForecastExamination {
    let configuration: AgentConfiguration
    var now = UTCInstant.now()

    private static let subject = "forecast"

    func findings() -> [Finding] {
        guard let settings = configuration.forecast else { return [] }
        do {
            let forecast = try ForecastStore(besideOutbox: configuration.outbox.directory).read()
            let state = CampaignPlan(forecast, settings).state(at: now)
            let age =
                "\(forecast.isOwn ? "predicted on the box" : "from the centre"), \(ForecastReport.span(state.ageSeconds)) old"
            if state.isStale {
                return [
                    .warning(
                        Self.subject, "\(age): too old to be believed, so that there are no campaigns",
                        remedy: "'psws-agent forecast --update' says why; its timer should do that every hour")
                ]
            }
            if state.ageSeconds > 2 * ForecastUpdate.patienceSeconds {
                return [
                    .warning(
                        Self.subject, age,
                        remedy: "'psws-agent forecast --update' says why no newer one comes")
                ]
            }
            let plan =
                state.campaign.map { "campaign until \($0.stop.iso8601(fractionDigits: 0)) and a margin" }
                ?? state.next.map { "the next campaign begins in \(ForecastReport.span($0.seconds(since: now)))" }
                ?? "no campaign in sight"
            return [.ok(Self.subject, "\(age), \(plan)")]
        } catch {
            return [.warning(Self.subject, "\(error.place): \(error.message)", remedy: error.remedy ?? "ask as root")]
        }
    }
}
