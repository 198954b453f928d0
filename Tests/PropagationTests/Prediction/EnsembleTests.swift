// SPDX-License-Identifier: Apache-2.0

import Ephemeris
import Testing
import UTC

@testable import Propagation

@Suite struct `Ensembles` {
    /// Hourly wind of two streams that take turns.
    private static let measurements: [SolarWindMeasurement] = (0..<24 * 130).map { hour in
        var item = SolarWindMeasurement(
            time: UTCInstant(secondsSince1970: 1_460_000_000 + Double(hour) * 3600), averagedSeconds: 3600)
        let isFast = hour / 80 % 3 == 0
        item.speed = isFast ? 600 : 380
        item.density = isFast ? 3 : 9
        item.temperature = isFast ? 2e5 : 6e4
        (item.bx, item.by, item.bz) = (3, isFast ? -3 : 4, 0)
        (item.speedSigma, item.densitySigma, item.temperatureSigma) = (8, 0.5, 1e4)
        return item
    }

    private func predict(_ planet: Planet, members: Int) throws -> PredictedWind {
        let from = UTCInstant(secondsSince1970: 1_460_000_000 + 86_400 * 95)
        let request = try PropagationRequest(
            target: .planet(planet), from: from, to: from.advanced(bySeconds: 86_400 * 3), mode: .tao)
        return try SolarWindEnsemble(memberCount: members, coarsening: 4).predict(request, from: Self.measurements)
            .wind(condition: WindCondition("v > 450 km/s"))
    }

    @Test(arguments: [Planet.mars, .venus])
    func `Each hour has a median within its range, and a probability`(planet: Planet) throws {
        let wind = try predict(planet, members: 6)
        #expect(wind.hasSpread && wind.hours.count == 73)
        for hour in wind.hours {
            let spread = try #require(hour.spread)
            for quantiles in [spread.dynamicPressure, spread.speed, spread.density] {
                #expect(quantiles.low <= quantiles.median && quantiles.median <= quantiles.high)
            }
            #expect((0...1).contains(spread.probability))
            #expect((200...1500).contains(spread.speed.median))
        }
        #expect(wind.hours.contains { ($0.spread?.speed.high ?? 0) - ($0.spread?.speed.low ?? 0) > 1 })
        #expect(wind.facts.contains { $0.name == "members" && $0.value == "6" })
    }

    @Test func `The same ensemble comes out every time, and as CSV`() throws {
        let wind = try predict(.mars, members: 5)
        #expect(try predict(.mars, members: 5) == wind)
        let read = try PredictedWind(readingCSV: Array(wind.csv.utf8), name: "mars.csv")
        #expect(read.hasSpread)
        let (a, b) = (try #require(wind.hours[9].spread), try #require(read.hours[9].spread))
        #expect(abs(a.speed.median - b.speed.median) < 1e-3 && abs(a.probability - b.probability) < 1e-4)
    }

    @Test func `The first member is the unchanged one and the others differ`() {
        let members = (0..<32).map { EnsembleMember(index: $0, angle: 60) }
        #expect(members[0].rotationDays == 25.38 && members[0].delayHours == 0 && members[0].pressureFactor == 1)
        let delays = members.dropFirst().map(\.delayHours)
        let mean = delays.reduce(0, +) / Double(delays.count)
        let sigma = (delays.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(delays.count)).squareRoot()
        // 4 h and a quarter for each of 60 degrees, within what 31 numbers can tell.
        #expect((13...25).contains(sigma) && abs(mean) < 8)
        #expect(Set(members.map(\.rotationDays)).count == 32)
    }

    @Test func `Quantiles lie between the values in proportion`() {
        let quantiles = HourSpread.Quantiles(of: (0...100).reversed().map(Double.init))
        #expect(quantiles == HourSpread.Quantiles(low: 16, median: 50, high: 84))
        #expect(HourSpread.Quantiles(of: [3]).median == 3 && HourSpread.Quantiles(of: []).low.isNaN)
    }

    @Test(arguments: [(1, 2), (1000, 2), (8, 0), (8, 5)])
    func `Impossible ensembles are refused`(members: Int, coarsening: Int) throws {
        let condition = try WindCondition("v > 1")
        #expect(throws: PropagationError.self) {
            try SolarWindEnsemble(memberCount: members, coarsening: coarsening)
        }
    }
}
