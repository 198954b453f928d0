// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Propagation

@Suite struct `OMNI2 that is written` {
    @Test func `Minutes become hours that are read again, with nothing where nothing was measured`() throws {
        let start = try #require(UTCInstant(iso8601: "2024-12-31T22:00:00Z"))
        var minutes = (0..<120).map { minute in
            var item = SolarWindMeasurement(
                time: start.advanced(bySeconds: Double(minute) * 60), averagedSeconds: 60)
            item.speed = minute < 60 ? 400 : 500
            item.flowLongitudeDegrees = 3
            item.flowLatitudeDegrees = -2
            item.temperature = 1e5
            (item.bx, item.by, item.bz) = (1.5, -2.25, 3)
            if minute < 60 { item.density = 6.25 }
            return item
        }
        // An hour without any measurement, then one of the next year.
        var late = SolarWindMeasurement(time: start.advanced(bySeconds: 3 * 3600), averagedSeconds: 3600)
        late.speed = 612.5
        minutes.insert(late, at: 0)
        let text = OMNI2Writer.write(minutes, since: start, until: start.advanced(bySeconds: 5 * 3600))
        var report = InputReport()
        let hours = try SolarWindFile.read(text, name: "omni", report: &report)
        #expect(
            hours.map { $0.time.iso8601(fractionDigits: 0) } == [
                "2024-12-31T22:00:00Z", "2024-12-31T23:00:00Z", "2025-01-01T01:00:00Z",
            ])
        #expect(hours.map(\.speed) == [400, 500, 612.5] && hours.map(\.density) == [6.25, nil, nil])
        #expect(hours[0].flowLongitudeDegrees == 3 && hours[0].flowLatitudeDegrees == -2)
        #expect(hours[0].temperature == 100_000 && hours[2].temperature == nil)
        #expect(hours[0].bx == 1.5 && hours[0].by == -2.25 && hours[0].bz == 3 && hours[2].bx == nil)
        #expect(report.outOfRange == 0)
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        #expect(lines.allSatisfy { $0.split(separator: " ").count == 55 })
    }

    @Test func `What cannot be the solar wind is left out`() throws {
        let start = UTCInstant(secondsSince1970: 1_700_006_400)
        var item = SolarWindMeasurement(time: start, averagedSeconds: 3600)
        item.speed = 12
        item.density = 5
        let text = OMNI2Writer.write([item], since: start, until: start.advanced(bySeconds: 3600))
        var report = InputReport()
        let read = try SolarWindFile.read(text, name: "omni", report: &report)
        #expect(read.count == 1 && read[0].speed == nil && read[0].density == 5)
        #expect(OMNI2Writer.write([], since: start, until: start).isEmpty)
    }
}
