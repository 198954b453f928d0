// SPDX-License-Identifier: Apache-2.0

import JSON
import Predictions
import Propagation
import UTC

/// The forecast of a box as `psws-agent forecast` prints it.
public struct ForecastReport: Sendable {
    private let forecast: Forecast
    private let state: CampaignPlan.State
    private let now: UTCInstant

    /// The report of what is stored for a station.
    ///
    /// - Throws: `ForecastError` if nothing is asked for, stored, or can be read.
    public init(_ configuration: AgentConfiguration, now: UTCInstant = .now()) throws(ForecastError) {
        guard let settings = configuration.forecast else {
            throw ForecastError(
                .notConfigured, place: "forecast", message: "the configuration asks for no forecast",
                remedy: "write a section forecast; psws-agent.yaml(5) explains it")
        }
        self.init(
            try ForecastStore(besideOutbox: configuration.outbox.directory).read(), settings, now: now)
    }

    init(_ forecast: Forecast, _ settings: ForecastConfiguration, now: UTCInstant) {
        self.forecast = forecast
        state = CampaignPlan(forecast, settings).state(at: now)
        self.now = now
    }

    /// For people, in one line.
    public var summary: String {
        let count = forecast.intervals.count { $0.interval.stop >= now }
        return "\(forecast.series.target), issued \(ForecastReport.minute(forecast.issued)) \(origin), "
            + "\(count) interval\(count == 1 ? "" : "s") with \(forecast.search.condition); campaign: \(campaignText)"
    }

    /// For people.
    ///
    /// - Parameter showsHours: true for the series hour by hour, too, from now on.
    public func text(showsHours: Bool) -> String {
        var lines = ["Solar wind at \(forecast.series.target), \(origin), \(ForecastReport.span(state.ageSeconds)) old"]
        lines.append("  issued          \(ForecastReport.minute(forecast.issued))")
        if let time = forecast.measuredUntil { lines.append("  measured until  \(ForecastReport.minute(time))") }
        if let last = forecast.series.hours.last {
            lines.append("  reaches to      \(ForecastReport.minute(last.time))")
        }
        if let hour = present {
            lines.append(
                "  now             \(hour.dynamicPressure.fixed(4)) nPa, \(hour.radialSpeed.fixed(0)) km/s, "
                    + "\(hour.density.fixed(3)) cm-3, quality \(hour.quality.fixed(2))")
        }
        lines.append("  searched for    \(forecast.search.condition)")
        let coming = forecast.intervals.filter { $0.interval.stop >= now }
        if coming.isEmpty { lines.append("  intervals       none from now on") }
        for item in coming { lines.append(contentsOf: text(of: item)) }
        lines.append("  campaign        \(campaignText)")
        if showsHours {
            lines.append("\ntime              pdyn nPa   v km/s   n cm-3     T K      B nT   quality")
            lines += forecast.series.hours.filter { $0.time.advanced(bySeconds: 3600) > now }.map(row)
        }
        return lines.joined(separator: "\n")
    }

    /// For programs: one JSON object with `target`, `origin`, `issued`, `age_s`, `measured_until`, `reaches_to`, `stale`,
    /// `condition`, `intervals` (each `start`, `end`, `peak`, `unit`, `time_peak`, `probability`, `quality`, `ivorn`),
    /// `campaign` (null, or `start`, `end`, `ivorn`, `false_alarms_per_hour`), `next_campaign`, and with `showsHours`
    /// `hours`, as `psws propagate` has them.
    public func json(showsHours: Bool) -> String {
        let leading = forecast.search.condition.comparisons[0].quantity
        var members: [(String, JSONText)] = [
            ("target", .string(forecast.series.target)), ("origin", .string(origin)),
            ("issued", .string(ForecastReport.second(forecast.issued))),
            ("age_s", .number(state.ageSeconds.rounded())),
            ("measured_until", .string(forecast.measuredUntil.map(ForecastReport.second))),
            ("reaches_to", .string(forecast.series.hours.last.map { ForecastReport.second($0.time) })),
            ("stale", .boolean(state.isStale)), ("condition", .string("\(forecast.search.condition)")),
            (
                "intervals",
                .array(
                    forecast.intervals.map { item in
                        .object([
                            ("start", .string(ForecastReport.second(item.interval.start))),
                            ("end", .string(ForecastReport.second(item.interval.stop))),
                            ("peak", .number(item.interval.peak)), ("unit", .string(leading.unit)),
                            ("time_peak", .string(ForecastReport.second(item.interval.peakTime))),
                            ("probability", .number(item.interval.probability)),
                            ("quality", .number(item.interval.quality)), ("ivorn", .string(item.ivorn)),
                        ])
                    })
            ),
            (
                "campaign",
                state.campaign.map { campaign in
                    .object([
                        ("start", .string(ForecastReport.second(campaign.start))),
                        ("end", .string(ForecastReport.second(campaign.stop))), ("ivorn", .string(campaign.ivorn)),
                        ("false_alarms_per_hour", .number(campaign.falseAlarmsPerHour)),
                    ])
                } ?? .null
            ),
            ("next_campaign", .string(state.next.map(ForecastReport.second))),
        ]
        if showsHours { members.append(("hours", PredictionTable.hours(forecast.series))) }
        return JSONText.object(members).description
    }

    private var origin: String { forecast.isOwn ? "predicted on this box" : "from the centre" }

    /// The hour of now; nil if the forecast does not have it.
    private var present: PredictedHour? {
        forecast.series.hours.last { $0.time <= now && now.seconds(since: $0.time) < 3600 }
    }

    private var campaignText: String {
        if state.isStale { return "none: the forecast is too old to be believed" }
        if let campaign = state.campaign {
            return "now; \(campaign.falseAlarmsPerHour) false alarms an hour are put up with"
        }
        guard let next = state.next else { return "none in sight" }
        return
            "none now; the next begins \(ForecastReport.minute(next)), in \(ForecastReport.span(next.seconds(since: now)))"
    }

    private func text(of item: Forecast.Interval) -> [String] {
        let interval = item.interval
        let unit = forecast.search.condition.comparisons[0].quantity.unit
        var line =
            "  interval        \(ForecastReport.minute(interval.start)) to \(ForecastReport.minute(interval.stop))"
        line += ", \(interval.hours.fixed(0)) h, peak \(interval.peak.fixed(3))" + (unit.isEmpty ? "" : " \(unit)")
        if let probability = interval.probability { line += ", probability \(probability.fixed(2))" }
        line += ", quality \(interval.quality.fixed(2))"
        return [line] + (item.ivorn.map { ["                  \($0)"] } ?? [])
    }

    private func row(_ hour: PredictedHour) -> String {
        func cell(_ value: Double, _ decimals: Int, _ width: Int) -> String {
            let text = value.isFinite ? value.fixed(decimals) : "-"
            return String(repeating: " ", count: max(1, width - text.count)) + text
        }
        let field = (hour.br * hour.br + hour.bt * hour.bt + hour.bn * hour.bn).squareRoot()
        return ForecastReport.minute(hour.time) + cell(hour.dynamicPressure, 4, 9) + cell(hour.radialSpeed, 0, 9)
            + cell(hour.density, 3, 9) + cell(hour.temperature, 0, 9) + cell(field, 2, 9) + cell(hour.quality, 2, 9)
    }

    /// `2026-11-23T15:30Z`.
    private static func minute(_ time: UTCInstant) -> String {
        String(time.iso8601(fractionDigits: 0).dropLast(4)) + "Z"
    }

    private static func second(_ time: UTCInstant) -> String { time.iso8601(fractionDigits: 0) }

    /// `35 min`, `5.2 h` or `3.1 d`.
    static func span(_ seconds: Double) -> String {
        if abs(seconds) < 2 * 3600 { return "\((seconds / 60).fixed(0)) min" }
        return abs(seconds) < 2 * 86_400 ? "\((seconds / 3600).fixed(1)) h" : "\((seconds / 86_400).fixed(1)) d"
    }
}
