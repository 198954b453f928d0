// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Agent

/// Campaigns over days of a virtual clock.
@Suite struct CampaignWatchTests {
    private let directory: TemporaryDirectory
    private let journal = Journal()
    private let store: ForecastStore
    private let watch: CampaignWatch

    init() throws {
        directory = try TemporaryDirectory()
        store = ForecastStore(besideOutbox: directory.file("outbox"))
        let configuration = try ForecastConfigurationTests.decode("solar_wind: [/a]\nmargin: 6 h\nfalse_alarms: 20 /h")
        watch = CampaignWatch(configuration, store: store, logger: journal.logger)
    }

    private func look(hours: Double) { watch.look(now: SampleForecast.now.advanced(bySeconds: hours * 3600)) }

    private func figure(_ name: String) -> Double? {
        watch.metrics.first { $0.name == name }?.samples.first?.value
    }

    @Test func `A campaign begins and ends with the interval and its margin, and says so once`() throws {
        try store.write(try SampleForecast.bytes(try SampleForecast.forecast()))
        // The interval lasts from hour 24 to hour 48.
        for hours in stride(from: 0, through: 60.0, by: 0.5) {
            look(hours: hours)
            #expect((watch.campaign != nil) == (hours >= 18 && hours < 54), "hour \(hours)")
            #expect(figure("psws_campaign") == (watch.campaign == nil ? 0 : 1))
        }
        #expect(figure("psws_forecast_age") == 60 * 3600 && figure("psws_forecast_stale") == 0)
        #expect(figure("psws_forecast_horizon")?.rounded() == 993_600, "fourteen days less sixty hours")
        let lines = journal.lines
        #expect(
            lines.count == 2 && lines[0].hasPrefix("notice: campaign begins: pdyn > 0.1 nPa is predicted at jupiter"))
        #expect(lines[0].contains(SampleForecast.ivorn) && lines[0].contains("20.0 false alarms an hour"))
        #expect(lines[1] == "notice: the campaign is over")
    }

    @Test func `A campaign tells whom it follows`() throws {
        try store.write(try SampleForecast.bytes(try SampleForecast.forecast()))
        look(hours: 30)
        let campaign = try #require(watch.campaign)
        #expect(campaign.ivorn == SampleForecast.ivorn && campaign.target == "jupiter")
        #expect(campaign.falseAlarmsPerHour == 20 && campaign.condition == "pdyn > 0.1 nPa")
        #expect(campaign.stop.seconds(since: campaign.start) == 86_400)
    }

    @Test func `A forecast that nobody renews is not believed for ever`() throws {
        try store.write(try SampleForecast.bytes(try SampleForecast.forecast(intervalInHours: 70)))
        look(hours: 71)
        #expect(watch.campaign != nil)
        for hours in [73.0, 74, 75] { look(hours: hours) }
        #expect(watch.campaign == nil && figure("psws_forecast_stale") == 1)
        #expect(journal.lines.count { $0.contains("3.0 d old and not believed") } == 1)
        try store.write(
            try SampleForecast.bytes(
                try SampleForecast.forecast(
                    issued: SampleForecast.now.advanced(bySeconds: 76 * 3600), intervalInHours: 0)))
        look(hours: 77)
        #expect(watch.campaign != nil && figure("psws_forecast_stale") == 0)
    }

    @Test func `Without a forecast there is no campaign, and a damaged file does not end one`() throws {
        look(hours: 0)
        look(hours: 1)
        #expect(
            watch.campaign == nil && figure("psws_forecast_stale") == 1 && figure("psws_forecast_age")?.isNaN == true)
        #expect(journal.lines.isEmpty)
        try store.write(try SampleForecast.bytes(try SampleForecast.forecast()))
        look(hours: 30)
        #expect(watch.campaign != nil)
        try store.write(Array("<VOTABLE".utf8))
        look(hours: 31)
        #expect(watch.campaign != nil)
        #expect(journal.lines.count { $0.hasPrefix("warning: no forecast: ") } == 1)
    }
}
