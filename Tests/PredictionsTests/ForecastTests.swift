// SPDX-License-Identifier: Apache-2.0

import Propagation
import Testing
import UTC
import VOTable

@testable import Predictions

@Suite struct `Forecasts` {
    private static let start = UTCInstant(secondsSince1970: 1_462_060_800)

    private func forecast() throws -> Forecast {
        let hours = (0..<48).map { hour in
            PredictedHour(
                time: Self.start.advanced(bySeconds: Double(hour) * 3600), distanceAU: 5.4, density: 0.2,
                radialSpeed: 500,
                tangentialSpeed: 1, temperature: 1e4, br: 0.1, bt: 0.5, bn: 0,
                dynamicPressure: (5..<15).contains(hour) || hour > 30 ? 0.2 : 0.02, angleDegrees: -60, quality: 0.7)
        }
        let series = PredictedWind(
            target: "jupiter", mode: .tao, hours: hours, facts: [("mode", "tao"), ("target", "jupiter")])
        var settings = IntervalSettings()
        settings.mergeGapHours = 3
        settings.hysteresis = 0.9
        let search = try IntervalSearch(WindCondition("pdyn > 0.1 nPa"), settings: settings)
        let found = search.intervals(in: hours)
        #expect(found.count == 2)
        return Forecast(
            series: series, search: search, issued: Self.start.advanced(bySeconds: 7200), measuredUntil: Self.start,
            intervals: [.init(found[1], ivorn: nil), .init(found[0], ivorn: "ivo://psws.test/predictions#one-r1")])
    }

    @Test func `A forecast is read as it was written, and its series by those who want no more`() throws {
        let forecast = try forecast()
        let bytes = try ForecastTable.votable(forecast)
        let read = try ForecastReader.read(bytes, name: "f")
        #expect(read.issued == forecast.issued && read.measuredUntil == forecast.measuredUntil)
        #expect(read.search == forecast.search && read.series.hours == forecast.series.hours)
        #expect(read.intervals.map(\.ivorn) == ["ivo://psws.test/predictions#one-r1", nil])
        for (one, other) in zip(read.intervals, forecast.intervals) {
            // The table has milliseconds.
            #expect(abs(one.interval.start.seconds(since: other.interval.start)) < 0.001)
            #expect(one.interval.peak == other.interval.peak && one.interval.peakTime == other.interval.peakTime)
            #expect(one.interval.mean == other.interval.mean && one.interval.quality == other.interval.quality)
        }
        let (series, remarks) = try PredictionReader.read(bytes, name: "f")
        #expect(series.hours == forecast.series.hours && remarks == [])
        let strict = try VOTableReader(mode: .strict).read(bytes)
        #expect(strict.isComplete && strict.diagnostics.isEmpty, "\(strict.diagnostics)")
    }

    @Test func `A forecast without an interval is one, too`() throws {
        var forecast = try forecast()
        forecast.intervals = []
        #expect(try ForecastReader.read(try ForecastTable.votable(forecast), name: "f").intervals.isEmpty)
    }

    @Test(
        arguments: [
            ("name=\"issued\"", "name=\"isued\"", "when it was issued"),
            ("value=\"pdyn &gt; 0.1 nPa\"", "value=\"pdyn\"", "condition cannot be understood"),
            ("ivo://psws.test/predictions#one-r1", "ivo://../../etc", "interval 1 is not whole"),
            ("<TABLE name=\"intervals\"", "<TABLE name=\"other\"", "no table of intervals"),
            ("<TD>2016-05-01T04:26:40.000</TD>", "<TD>2036-05-01T04:26:40.000</TD>", "interval 1 is not whole"),
        ])
    func `What was tampered with or is something else is refused`(old: String, new: String, words: String) throws {
        var text = String(decoding: try ForecastTable.votable(try forecast()), as: UTF8.self)
        let range = try #require(text.firstRange(of: old), "\(old)")
        text.replaceSubrange(range, with: new)
        #expect {
            try ForecastReader.read(Array(text.utf8), name: "f.xml")
        } throws: {
            "\($0)".contains("f.xml: ") && "\($0)".contains(words)
        }
    }
}
