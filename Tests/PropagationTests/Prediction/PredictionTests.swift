// SPDX-License-Identifier: Apache-2.0

import Ephemeris
import Testing
import UTC

@testable import Propagation

@Suite struct `Predictions` {
    /// A wind of streams of 400 and 600 km/s that come back with the Sun's rotation, over half a year.
    static func measurements(from start: Double, hours: Int) -> [SolarWindMeasurement] {
        (0..<hours).map { hour in
            var item = SolarWindMeasurement(
                time: UTCInstant(secondsSince1970: start + Double(hour) * 3600), averagedSeconds: 3600)
            let phase = (Double(hour) / (27.2753 * 24)).truncatingRemainder(dividingBy: 1)
            item.speed = phase < 0.3 ? 600 : 400
            item.density = phase < 0.3 ? 3 : 7
            item.temperature = phase < 0.3 ? 2e5 : 6e4
            item.bx = 3
            item.by = -3
            item.bz = 0
            return item
        }
    }

    static let start = 1_451_606_400.0

    func predict(
        _ target: PropagationTarget, from: String, to: String, mode: PropagationMode = .tao, hours: Int = 4400
    ) throws -> PredictedWind {
        let request = try PropagationRequest(
            target: target, from: try #require(UTCInstant(iso8601: from)), to: try #require(UTCInstant(iso8601: to)),
            mode: mode)
        return try SolarWindPropagator.predict(request, from: Self.measurements(from: Self.start, hours: hours))
    }

    @Test(arguments: PropagationMode.allCases)
    func `Jupiter gets every hour, thinner by the square of the distance`(mode: PropagationMode) throws {
        let wind = try predict(.planet(.jupiter), from: "2016-05-01", to: "2016-05-20T23:00:00Z", mode: mode)
        #expect(wind.hours.count == 480)
        let flux = wind.hours.reduce(0) { $0 + $1.density * $1.radialSpeed * $1.distanceAU * $1.distanceAU } / 480
        // The mean flux at the Earth, and what a part of a rotation may miss of it.
        #expect((1400...3800).contains(flux))
        #expect(wind.hours.allSatisfy { (5.4...5.5).contains($0.distanceAU) && $0.quality > 0 && $0.quality <= 1 })
        #expect(wind.facts.contains { $0 == ("mode", mode.rawValue) })
        #expect(wind.facts.contains { $0.name == "grid" } && wind.facts.contains { $0.name == "code" })
        #expect(wind.hours.allSatisfy { mode == .physics || $0.bn == 0 })
    }

    @Test(arguments: [Planet.mercury, .venus, .mars, .saturn])
    func `Other planets get a wind as well, inwards too`(planet: Planet) throws {
        let wind = try predict(.planet(planet), from: "2016-05-01", to: "2016-05-06T23:00:00Z")
        #expect(wind.hours.count == 144 && wind.hours.allSatisfy { (300...700).contains($0.radialSpeed) })
        let isInner = planet == .mercury || planet == .venus
        #expect(wind.facts.contains { $0.name == "inward" } == isInner)
    }

    @Test func `The Earth itself gets what was measured there`() throws {
        let wind = try predict(.planet(.earth), from: "2016-04-01", to: "2016-04-10T23:00:00Z")
        let truth = Self.measurements(from: Self.start, hours: 4400)
        for hour in wind.hours {
            let index = Int((hour.time.secondsSince1970 - Self.start) / 3600)
            // A few hours around the edges of streams are smoothed on the way.
            let near = truth[(index - 4)...(index + 4)].compactMap(\.speed)
            #expect(hour.radialSpeed > (near.min() ?? 0) - 15 && hour.radialSpeed < (near.max() ?? 0) + 15)
            #expect(abs(hour.angleDegrees) < 1e-6)
        }
    }

    @Test func `A target ahead of the Earth gets a stream later, by the Sun's rotation against the stars`() throws {
        let time = try #require(UTCInstant(iso8601: "2016-05-06"))
        let hour = time.secondsSince1970 / 3600
        var report = InputReport()
        let request = try PropagationRequest(target: .planet(.jupiter), from: time, to: time, mode: .tao)
        let source = try SolarWindPropagator.source(
            for: request, from: Self.measurements(from: Self.start, hours: 4400), report: &report)
        let angle = source.angleDegrees(hour: hour)
        #expect((-54 ... -52).contains(angle))
        let found = source.sourceHours(hour: hour)
        // Behind the Earth: it was below the target before, and the Earth gets it later.
        let atSource = source.angleDegrees(hour: found.near)
        #expect(found.near > hour && abs(found.near - (hour - atSource / 360 * 25.38 * 24)) < 0.01)
        #expect(found.weight == 1)
    }

    @Test func `Behind the Sun both ways round are used in equal parts`() throws {
        let time = try #require(UTCInstant(iso8601: "2016-09-26"))
        var report = InputReport()
        let request = try PropagationRequest(target: .planet(.jupiter), from: time, to: time, mode: .tao)
        let source = try SolarWindPropagator.source(
            for: request, from: Self.measurements(from: Self.start, hours: 7000), report: &report)
        let hours = (0..<(24 * 12)).map { time.secondsSince1970 / 3600 - 144 + Double($0) }
        let weights = hours.map { source.sourceHours(hour: $0).weight }
        #expect((0.45...0.52).contains(weights.min() ?? 0) && (weights.max() ?? 0) == 1)
        // No step where one way takes over from the other.
        let speeds = hours.map { source.plasma(hour: $0).ur }
        let steps = zip(speeds, speeds.dropFirst()).map { abs($0 - $1) }
        #expect((steps.max() ?? 0) < 201)
    }

    @Test func `Beyond the last measurement the prediction goes on and says how little it knows`() throws {
        let wind = try predict(.planet(.mars), from: "2016-06-25", to: "2016-08-10T00:00:00Z")
        let first = try #require(wind.hours.first)
        let last = try #require(wind.hours.last)
        #expect(first.quality > 0.9 && last.quality < 0.25)
    }

    @Test func `A table of positions is a target`() throws {
        let text = "# a spacecraft\ntime,x,y,z\n2016-03-01T00:00:00Z,-1.5,-1.0,0\n2016-06-01T00:00:00Z,-1.6,-0.9,0.01\n"
        let table = try PositionTable(reading: Array(text.utf8), name: "craft.csv")
        let wind = try predict(.table(table), from: "2016-05-01", to: "2016-05-02T00:00:00Z")
        #expect(wind.hours.allSatisfy { (1.8...1.85).contains($0.distanceAU) } && wind.target == "craft.csv")
        #expect { try PositionTable(reading: Array("2016-03-01,1,2\n".utf8), name: "t") } throws: {
            "\($0)".hasPrefix("t:1:")
        }
    }

    @Test func `Comma-separated values come back as they were written`() throws {
        let wind = try predict(.planet(.mars), from: "2016-05-01", to: "2016-05-01T05:00:00Z")
        let back = try PredictedWind(readingCSV: Array(wind.csv.utf8), name: "mars.csv")
        #expect(back.csv == wind.csv && back.hours.count == 6 && back.target == "mars")
        let head = "time,r_au,n_cm3,vr_km_s,vt_km_s,t_k,br_nt,bt_nt,bn_nt,pdyn_npa,angle_deg,quality"
        #expect(wind.csv.contains("\n\(head)\n2016-05-01T00:00:00Z,1."))
    }

    @Test(arguments: [
        ("time,r_au\n", "s.csv:1: there is no column n_cm3"), ("", "no hour"),
        (PredictedWind.columns.joined(separator: ",") + "\n2016,1,1,1,1,1,1,1,1,1,1,1\n", "s.csv:2: the time must"),
        (PredictedWind.columns.joined(separator: ",") + "\n2016-01-01,1,x,1,1,1,1,1,1,1,1,1\n", "s.csv:2: column 3"),
        (
            PredictedWind.columns.joined(separator: ",")
                + "\n2016-01-02,1,1,1,1,1,1,1,1,1,1,1\n2016-01-01,1,1,1,1,1,1,1,1,1,1,1\n",
            "s.csv:3: the times must rise"
        ),
    ])
    func `A bad series costs one clear message`(text: String, words: String) {
        #expect { try PredictedWind(readingCSV: Array(text.utf8), name: "s.csv") } throws: { "\($0)".contains(words) }
    }

    @Test func `Measurements of another time are no data`() {
        #expect { try predict(.planet(.jupiter), from: "2010-05-01", to: "2010-05-02") } throws: {
            ($0 as? PropagationError)?.code == .noData
        }
    }
}
