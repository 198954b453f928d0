// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import NIOPosix
import Predictions
import Propagation
import Testing
import UTC
import VOEvent

@testable import Alerts

/// Rounds over days on a feed that changes: what subscribers get to hear of it.
@Suite struct AlertRoundTests {
    /// Mars was in opposition: what is measured near the Earth reaches it two days later.
    private let now: UTCInstant
    private let directory: URL
    private let broker = RecordingBroker()
    private let feed: WindFeed

    init() throws {
        now = try #require(UTCInstant(iso8601: "2022-12-10T00:00:00Z"))
        feed = WindFeed(end: now, compression: .init(hoursBeforeEnd: 30))
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("psws-alerts-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    /// A service that was started anew, over the same files.
    private func round(
        furtherRules: [AlertRule] = [], version: VOEventVersion = .v2_0, ensemble: SolarWindEnsemble? = nil
    ) throws -> AlertRound {
        var rule = AlertRule(
            name: "mars-pressure", target: .mars, search: try IntervalSearch(try WindCondition("pdyn > 2 nPa")))
        rule.daysAhead = 7
        return AlertRound(
            feeds: [Feed(name: "plasma", address: "https://example.org/plasma.json")], rules: [rule] + furtherRules,
            source: feed,
            store: try AlertStore(path: directory.appendingPathComponent(AlertStore.fileName).path),
            shelf: ProductShelf(
                directory: directory.appendingPathComponent("products").path, baseURL: "https://example.org/products/",
                retentionSeconds: 86_400),
            author: PredictionAuthor(identity: "ivo://psws.test/predictions", version: version), broker: broker,
            ensemble: ensemble, threads: .singleton)
    }

    @discardableResult private func run(hoursLater: Double = 0, isTrial: Bool = false) async throws -> RoundReport {
        try await round().run(now: now.advanced(bySeconds: 3600 * hoursLater), isTrial: isTrial)
    }

    private func clean() { try? FileManager.default.removeItem(at: directory) }

    @Test func `A round predicts once for all rules of a planet, from no more measurements than it needs`() async throws
    {
        defer { clean() }
        try await run()
        let store = try round().store
        let to = now.advanced(bySeconds: 7 * 86_400)
        let request = try PropagationRequest(
            target: .planet(.mars), from: now.advanced(bySeconds: -3 * 86_400), to: to, mode: .tao)
        var predictions = RoundPredictions(store: store, ensemble: nil, threads: .singleton)
        let condition = try WindCondition("pdyn > 2 nPa")
        let first = try await predictions.wind(request, condition: condition)
        let again = try await predictions.wind(request, condition: condition)
        #expect(predictions.computed == 1 && first == again)
        var later = request
        later.to = to.advanced(bySeconds: 86_400)
        _ = try await predictions.wind(later, condition: condition)
        #expect(predictions.computed == 2)

        // Three weeks to Mars at the slowest, half a rotation and two: not the year that is kept.
        let needed = SolarWindPropagator.earliestMeasurement(for: request)
        #expect((60 * 86_400.0...100 * 86_400.0).contains(now.seconds(since: needed)))
        let all = try await store.measurements(since: now.advanced(bySeconds: -400 * 86_400))
        #expect(try SolarWindPropagator.predict(request, from: all) == first)
        #expect(try await store.newestMeasurement() == all.last?.time)
    }

    @Test(arguments: [VOEventVersion.v2_0, .v2_1])
    func `With an ensemble every event says how probable it is, each rule of its own condition`(
        version: VOEventVersion
    ) async throws {
        defer { clean() }
        var speed = AlertRule(
            name: "mars-speed", target: .mars, search: try IntervalSearch(WindCondition("v > 300 km/s")))
        speed.daysAhead = 7
        let ensemble = try SolarWindEnsemble(memberCount: 4, coarsening: 4)
        let report = try await round(furtherRules: [speed], version: version, ensemble: ensemble).run(now: now)
        #expect(report.isGood && report.published == 2)
        let events = try broker.events()
        let probabilities = events.compactMap { $0.what?.param("probability")?.doubleValue }
        #expect(probabilities.count == 2 && probabilities.allSatisfy { (0...1).contains($0) })
        // The wind always blows with 400 km/s; when the compression comes differs by days.
        #expect(probabilities[1] == 1 && probabilities[0] > 0)
        #expect(events.allSatisfy { $0.version == version })
        for packet in broker.received { #expect(VOEventValidator().validate(packet).valid == true) }
        let known = try await round().store.openPredictions(rule: "mars-pressure")
        #expect(known.map(\.interval.probability) == [probabilities[0]])
        let product = directory.appendingPathComponent("products/mars-pressure-mars-latest.xml")
        let forecast = try ForecastReader.read(Array(try Data(contentsOf: product)), name: "latest")
        #expect(forecast.intervals.map(\.interval.probability) == [probabilities[0]] && forecast.series.hasSpread)
    }

    @Test func `A commit of the store is on the disk`() async throws {
        defer { clean() }
        let store = try AlertStore(path: directory.appendingPathComponent(AlertStore.fileName).path)
        #expect(try await store.writing { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == 2)
    }

    @Test func `A prediction is announced once, changed when it changes, and taken back when it is gone`() async throws
    {
        defer { clean() }
        let first = try await run()
        #expect(first.isGood && first.rules[0].announced == 1 && first.published == 1)
        // Nothing new, and a change within the tolerance.
        try await run(hoursLater: 1)
        feed.change { $0.compression?.density = 42 }
        try await run(hoursLater: 6)
        #expect(broker.received.count == 1)
        feed.change { $0.compression?.density = 90 }
        try await run(hoursLater: 7)
        // The first run without it may be an accident.
        feed.change { $0.compression = nil }
        let missed = try await run(hoursLater: 8)
        #expect(missed.rules[0].missed == 1 && broker.received.count == 2)
        try await run(hoursLater: 9)
        try await run(hoursLater: 10)

        let events = try broker.events()
        #expect(events.map { $0.what?.param("event_status")?.value } == ["onset", "update", "retraction"])
        #expect(events.allSatisfy { $0.role == .prediction })
        #expect(Set(events.map(\.ivorn)).count == 3)
        #expect(events[0].citations == nil)
        #expect(events[1].citations?.events == [Citation(events[0].ivorn, kind: .supersedes)])
        #expect(events[2].citations?.events == [Citation(events[1].ivorn, kind: .retraction)])
        let url = try #require(events[1].what?.param("url")?.value)
        #expect(url.hasPrefix("https://example.org/products/mars-pressure-mars-20221210T070000Z"))
        let table = directory.appendingPathComponent("products").appendingPathComponent(
            String(url.split(separator: "/").last ?? ""))
        #expect(try String(contentsOf: table, encoding: .utf8).contains("pdyn_npa"))
        let peak = try #require(events[1].what?.param("peak")?.doubleValue)
        #expect(peak > 1.3 * (try #require(events[0].what?.param("peak")?.doubleValue)))
    }

    @Test func `Boxes find the newest forecast with its events, and the measurements, under names that stay`()
        async throws
    {
        defer { clean() }
        let products = directory.appendingPathComponent("products")
        func latest() throws -> Forecast {
            let bytes = try Data(contentsOf: products.appendingPathComponent("mars-pressure-mars-latest.xml"))
            return try ForecastReader.read(Array(bytes), name: "latest")
        }
        let first = try await run()
        let announced = try latest()
        #expect(announced.issued == now && announced.measuredUntil == first.newestMeasurement)
        #expect(announced.series.target == "mars" && "\(announced.search.condition)" == "pdyn > 2.0 nPa")
        #expect(announced.intervals.map(\.ivorn) == (try broker.events().map(\.ivorn)))
        // Unchanged, changed beyond the tolerance, and taken back.
        try await run(hoursLater: 1)
        #expect(try latest().intervals.map(\.ivorn) == announced.intervals.map(\.ivorn))
        feed.change { $0.compression?.density = 90 }
        try await run(hoursLater: 2)
        #expect(try latest().intervals.map(\.ivorn) == (try broker.events().map(\.ivorn).suffix(1)))
        feed.change { $0.compression = nil }
        for hour in 3...5 { try await run(hoursLater: Double(hour)) }
        #expect(try latest().intervals.isEmpty && broker.received.count == 3)

        let wind = try Data(contentsOf: products.appendingPathComponent("solar-wind-latest.txt"))
        var report = InputReport()
        let hours = try SolarWindFile.read(Array(wind), name: "wind", report: &report)
        #expect(hours.last?.time == first.newestMeasurement && hours.count > 60 * 24)
        #expect(hours.allSatisfy { $0.speed != nil && $0.density != nil })
    }

    @Test func `What is over is closed without a word`() async throws {
        defer { clean() }
        try await run()
        let later = try await run(hoursLater: 24 * 6)
        #expect(later.rules[0].closed == 1 && broker.received.count == 1)
    }

    @Test func `While the broker is away events wait, and go out once in order`() async throws {
        defer { clean() }
        broker.behave(.isAway)
        #expect(try await run().blockage?.contains("away") == true)
        feed.change { $0.compression?.density = 90 }
        try await run(hoursLater: 1)
        broker.behave(.takes)
        let report = try await run(hoursLater: 2)
        #expect(report.published == 2 && report.blockage == nil)
        #expect(try broker.events().map { $0.what?.param("event_status")?.value } == ["onset", "update"])
    }

    @Test func `A crash after the broker has an event sends the same bytes again, and no other event`() async throws {
        defer { clean() }
        broker.behave(.losesAnswer)
        try await run()
        broker.behave(.takes)
        try await run(hoursLater: 1)
        #expect(broker.received.count == 2 && Set(broker.received).count == 1)
    }

    @Test func `An event that is refused does not hold up others`() async throws {
        defer { clean() }
        broker.behave(.refuses)
        #expect(try await run().blockage?.contains("no") == true)
        broker.behave(.takes)
        let report = try await run(hoursLater: 1)
        #expect(report.published == 0 && report.blockage == nil)
    }

    @Test func `A feed that is down keeps what is known, and is said`() async throws {
        defer { clean() }
        try await run()
        feed.change { $0.failure = AlertError(.unreachable, place: "plasma", message: "no route to host") }
        let report = try await run(hoursLater: 1)
        #expect(!report.isGood && report.feeds[0].failure?.contains("no route") == true)
        #expect(report.feeds[0].fetched == now && report.rules[0].failure == nil)
        #expect(report.lines[0] == "feed plasma: plasma: no route to host")
        #expect(broker.received.count == 1)
    }

    @Test func `A trial publishes nothing and remembers no prediction`() async throws {
        defer { clean() }
        let trial = try await run(isTrial: true)
        #expect(trial.rules[0].announced == 1 && broker.received.isEmpty)
        #expect(try await run().rules[0].announced == 1 && broker.received.count == 1)
    }

    @Test func `A feed without any data says why there is no prediction`() async throws {
        defer { clean() }
        feed.change { $0.failure = AlertError(.unreachable, place: "plasma", message: "down") }
        let report = try await run()
        #expect(report.rules[0].failure != nil && report.published == 0)
    }
}
