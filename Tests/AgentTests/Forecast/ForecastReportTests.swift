// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Agent

@Suite struct ForecastReportTests {
    private func report(hours: Double, stale: String = "3 d", ivorn: String? = SampleForecast.ivorn) throws
        -> ForecastReport
    {
        ForecastReport(
            try SampleForecast.forecast(ivorn: ivorn),
            try ForecastConfigurationTests.decode("solar_wind: [/a]\nstale: \(stale)"),
            now: SampleForecast.now.advanced(bySeconds: hours * 3600))
    }

    @Test func `People read what comes, who announced it, and what the station does`() throws {
        #expect(
            try report(hours: 0.5).text(showsHours: false) == """
                Solar wind at jupiter, from the centre, 30 min old
                  issued          2026-11-22T20:00Z
                  measured until  2026-11-22T19:30Z
                  reaches to      2026-12-06T20:00Z
                  now             0.0500 nPa, 450 km/s, 0.200 cm-3, quality 0.70
                  searched for    pdyn > 0.1 nPa
                  interval        2026-11-23T20:00Z to 2026-11-24T20:00Z, 24 h, peak 0.310 nPa, probability 0.75, quality 0.60
                                  \(SampleForecast.ivorn)
                  campaign        none now; the next begins 2026-11-23T08:00Z, in 11.5 h
                """)
        let later = try report(hours: 30)
        #expect(later.text(showsHours: false).contains("campaign        now; 1.0 false alarms an hour are put up with"))
        #expect(later.text(showsHours: true).split(separator: "\n").count == 11 + 14 * 24 - 30)
        #expect(try report(hours: 80).text(showsHours: false).contains("too old to be believed"))
        #expect(try report(hours: 64).text(showsHours: false).contains("none from now on"))
    }

    @Test func `Programs read the same`() throws {
        let text = try report(hours: 30, ivorn: nil).json(showsHours: false)
        #expect(text.hasPrefix("{\"target\": \"jupiter\", \"origin\": \"from the centre\""))
        #expect(text.contains("\"probability\": 0.75") && text.contains("\"ivorn\": null"))
        #expect(text.contains("\"false_alarms_per_hour\": 1}") && text.contains("\"next_campaign\": null"))
        #expect(try report(hours: 30).json(showsHours: true).contains("\"hours\": [{\"time\""))
    }

    @Test func `The doctor tells how old it is, and what to do when it is too old`() throws {
        let directory = try TemporaryDirectory()
        var configuration = Station.configuration
        configuration.target = .jupiter
        configuration.outbox.directory = directory.file("outbox")
        func findings(hours: Double) -> [Finding] {
            ForecastExamination(
                configuration: configuration, now: SampleForecast.now.advanced(bySeconds: hours * 3600)
            ).findings()
        }
        #expect(findings(hours: 0).isEmpty)
        configuration.forecast = try ForecastConfigurationTests.decode("solar_wind: [/a]")
        #expect(findings(hours: 0).map(\.verdict) == [.warning])
        try ForecastStore(besideOutbox: directory.file("outbox")).write(
            try SampleForecast.bytes(try SampleForecast.forecast()))
        #expect(findings(hours: 1).map(\.verdict) == [.ok])
        #expect(findings(hours: 1)[0].message == "from the centre, 60 min old, the next campaign begins in 11.0 h")
        #expect(findings(hours: 20).map(\.verdict) == [.warning])
        #expect(findings(hours: 80)[0].message.contains("too old to be believed"))
    }
}
