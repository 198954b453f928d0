// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Propagation

@Suite struct `Intervals` {
    private static let begin = 1_462_060_800.0

    /// Hours of dynamic pressure in units of 0.01 nPa.
    private func hours(_ pressures: [Double], speed: Double = 500) -> [PredictedHour] {
        pressures.enumerated().map { index, value in
            PredictedHour(
                time: UTCInstant(secondsSince1970: Self.begin + Double(index) * 3600), distanceAU: 5.4, density: 0.2,
                radialSpeed: speed + Double(index), tangentialSpeed: 0, temperature: 1e4, br: 0, bt: 0.5, bn: 0,
                dynamicPressure: value / 100, angleDegrees: -60, quality: 0.7)
        }
    }

    private func search(
        _ condition: String, gap: Double = 0, least: Double = 0, hysteresis: Double = 1
    ) throws -> IntervalSearch {
        var settings = IntervalSettings()
        settings.mergeGapHours = gap
        settings.minimumHours = least
        settings.hysteresis = hysteresis
        return try IntervalSearch(try WindCondition(condition), settings: settings)
    }

    private func spans(_ intervals: [WindInterval]) -> [[Double]] {
        intervals.map { item in
            [item.start, item.stop].map { ((($0.secondsSince1970 - Self.begin) / 3600) * 1000).rounded() / 1000 }
        }
    }

    @Test func `Crossings lie on straight lines between the hours`() throws {
        let found = try search("pdyn > 0.1 nPa").intervals(in: hours([5, 15, 30, 20, 0, 0]))
        #expect(spans(found) == [[0.5, 3.5]])
        #expect(found[0].peak == 0.3 && found[0].mean.rounded(digits: 6) == 0.216667 && found[0].angleDegrees == 60)
        #expect(!found[0].isOpenAtStart && !found[0].isOpenAtStop && found[0].quality == 0.7)
    }

    @Test func `At the threshold itself nothing is above it`() throws {
        #expect(try search("pdyn > 0.1 nPa").intervals(in: hours([5, 10, 10, 5])).isEmpty)
        #expect(try search("pdyn >= 0.1 nPa").intervals(in: hours([10, 10, 10])).count == 1)
    }

    @Test func `With hysteresis an interval ends at the lower threshold`() throws {
        let series = hours([0, 20, 9, 20, 0])
        #expect(spans(try search("pdyn > 0.1 nPa").intervals(in: series)).count == 2)
        #expect(spans(try search("pdyn > 0.1 nPa", hysteresis: 0.8).intervals(in: series)) == [[0.5, 3.6]])
    }

    @Test func `Near intervals become one and short ones go`() throws {
        let series = hours([0, 20, 0, 0, 0, 20, 20, 20, 0, 0, 0, 0, 0, 0, 0, 20, 0])
        #expect(spans(try search("pdyn > 0.1 nPa").intervals(in: series)) == [[0.5, 1.5], [4.5, 7.5], [14.5, 15.5]])
        #expect(spans(try search("pdyn > 0.1 nPa", gap: 3).intervals(in: series)) == [[0.5, 7.5], [14.5, 15.5]])
        #expect(spans(try search("pdyn > 0.1 nPa", least: 2).intervals(in: series)) == [[4.5, 7.5]])
    }

    @Test func `Two missing hours are bridged, three end an interval`() throws {
        var series = hours([0, 20, 20, 20, 20, 20, 20, 20, 0])
        series[3].dynamicPressure = .nan
        series.remove(at: 4)
        #expect(spans(try search("pdyn > 0.1 nPa").intervals(in: series)) == [[0.5, 7.5]])
        series[4].dynamicPressure = .infinity
        #expect(spans(try search("pdyn > 0.1 nPa").intervals(in: series)) == [[0.5, 2], [6, 7.5]])
    }

    @Test func `An interval at an end of the series is open there`() throws {
        let found = try search("pdyn > 0.1 nPa").intervals(in: hours([20, 20, 0, 0, 20]))
        #expect(found.map(\.isOpenAtStart) == [true, false] && found.map(\.isOpenAtStop) == [false, true])
    }

    @Test func `Conditions are joined, and the last to be fulfilled begins`() throws {
        let series = hours([0, 20, 20, 20, 20, 20, 0])
        #expect(spans(try search("pdyn > 0.1 nPa and v > 502.5 km/s").intervals(in: series)) == [[2.5, 5.5]])
        #expect(spans(try search("pdyn > 10 nPa or v < 501.5").intervals(in: series)) == [[0, 1.5]])
        #expect(spans(try search("not (pdyn <= 0.1 nPa or v <= 503 km/s)").intervals(in: series)) == [[3, 5.5]])
    }

    @Test(arguments: [
        ("pdyn > 100 pPa", "pdyn > 0.1 nPa"), ("v>450000 m/s", "v > 450.0 km/s"), ("PDYN > .1nPa", "pdyn > 0.1 nPa"),
        ("t > 1e5 K and n >= 2 cm^-3", "t > 100000.0 K and n >= 2.0 cm-3"), ("quality < 0.5", "quality < 0.5"),
        ("angle > -30 deg", "angle > -30.0 deg"), ("pdyn > 1e-1 nPa", "pdyn > 0.1 nPa"),
        ("(v > 1 or v < 2) and n > 3", "(v > 1.0 km/s or v < 2.0 km/s) and n > 3.0 cm-3"),
    ])
    func `Conditions are read with their units`(text: String, meaning: String) throws {
        #expect("\(try WindCondition(text))" == meaning)
    }

    @Test(arguments: [
        ("pdyn > 0.1 km/s", "column 12: \"km/s\" is no unit of pdyn"), ("pdyn", "one of > >= < <= is missing"),
        ("wind > 3", "column 1: \"wind\" is no quantity"), ("pdyn > much", "a number is missing"), ("", "a quantity"),
        ("pdyn > 0.1 nPa v > 3", "column 16"), ("(pdyn > 0.1", "closing bracket"), ("pdyn > nan nPa", "a number"),
        ("quality > 0.5 nPa", "which has none"),
    ])
    func `A wrong condition is told by its place`(text: String, words: String) {
        #expect { try WindCondition(text) } throws: { "\($0)".contains(words) }
    }

    @Test func `Deep nesting is refused, not followed`() {
        #expect(throws: PropagationError.self) { try WindCondition(String(repeating: "(", count: 100_000)) }
    }
}

extension Double {
    fileprivate func rounded(digits: Int) -> Double {
        let scale = (0..<digits).reduce(1.0) { result, _ in result * 10 }
        return (self * scale).rounded() / scale
    }
}
