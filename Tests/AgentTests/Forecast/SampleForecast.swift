// SPDX-License-Identifier: Apache-2.0

import Predictions
import Propagation
import UTC

@testable import Agent

/// A forecast of Jupiter with one interval, measurements from which a box can predict, and configurations.
enum SampleForecast {
    static let now = UTCInstant(nanosecondsSince1970: 1_795_377_600_000_000_000)
    static let ivorn = "ivo://psws.irap/predictions#pressure-jupiter-20261123T200000Z-7-r2"

    /// From three days before it was issued to fourteen days after; the interval lasts 24 hours.
    static func forecast(
        issued: UTCInstant = now, target: String = "jupiter", intervalInHours: Double = 24, ivorn: String? = ivorn
    ) throws -> Forecast {
        let begin = issued.advanced(bySeconds: -3 * 86_400)
        let hours = (0...(17 * 24)).map { hour in
            PredictedHour(
                time: begin.advanced(bySeconds: Double(hour) * 3600), distanceAU: 5.2, density: 0.2, radialSpeed: 450,
                tangentialSpeed: 0, temperature: 2e4, br: 0.1, bt: 0.6, bn: 0, dynamicPressure: 0.05,
                angleDegrees: 20, quality: 0.7)
        }
        let start = issued.advanced(bySeconds: intervalInHours * 3600)
        let interval = WindInterval(
            start: start, stop: start.advanced(bySeconds: 86_400), isOpenAtStart: false, isOpenAtStop: false,
            peak: 0.31,
            peakTime: start.advanced(bySeconds: 3600), mean: 0.2, quality: 0.6, probability: 0.75, angleDegrees: 20)
        return Forecast(
            series: PredictedWind(
                target: target, mode: .tao, hours: hours, facts: [("mode", "tao"), ("target", target)]),
            search: try IntervalSearch(WindCondition("pdyn > 0.1 nPa")), issued: issued,
            measuredUntil: issued.advanced(bySeconds: -1800), intervals: [Forecast.Interval(interval, ivorn: ivorn)])
    }

    static func bytes(_ forecast: Forecast) throws -> [UInt8] { try ForecastTable.votable(forecast) }

    /// Half a year of quiet wind near the Earth with a strong stream in each rotation of the Sun, until `end`.
    static func solarWind(until end: UTCInstant) -> [UInt8] {
        let measurements = (0..<(180 * 24)).map { hour in
            var item = SolarWindMeasurement(
                time: end.advanced(bySeconds: Double(hour - 180 * 24) * 3600), averagedSeconds: 3600)
            let isStream = hour % 648 < 60
            item.speed = isStream ? 650 : 400
            item.density = hour % 648 < 14 ? 45 : 5
            item.temperature = isStream ? 3e5 : 8e4
            (item.bx, item.by, item.bz) = (-2, 3, 0)
            return item
        }
        return OMNI2Writer.write(measurements, since: end.advanced(bySeconds: -180 * 86_400), until: end)
    }
}
