// SPDX-License-Identifier: Apache-2.0

import Predictions
import Synchronization
import Testing
import Transfer
import UTC

@testable import Agent

/// Updates over hours and days, with a centre that is there, wrong, or away.
@Suite struct ForecastUpdateTests {
    private let directory: TemporaryDirectory
    private let now = SampleForecast.now
    /// What the centre offers, by the end of the address; an address that is not there cannot be reached.
    private final class Centre: Sendable {
        let resources = Mutex<[String: [UInt8]]>([:])
        let asked = Mutex<[String]>([])
    }
    private let centre = Centre()

    init() throws { directory = try TemporaryDirectory() }

    private var store: ForecastStore { ForecastStore(besideOutbox: directory.file("outbox")) }

    private func update(
        hoursLater: Double = 0, _ yaml: String = "centre: https://psws.test/products/\nrule: pressure\n"
    ) throws -> (outcome: Result<ForecastUpdate.Outcome, ForecastError>, remarks: [String]) {
        let centre = centre
        let update = ForecastUpdate(try ForecastConfigurationTests.decode(yaml), planet: .jupiter, store: store) {
            (address, limit) throws(TransferError) in
            centre.asked.withLock { $0.append(address) }
            let name = String(address.split(separator: "/").last ?? "")
            guard let bytes = centre.resources.withLock({ $0[name] }) else {
                throw TransferError(.unreachable, place: address, message: "no route to host")
            }
            guard bytes.count <= limit else { throw TransferError(.tooLarge, place: address, message: "too large") }
            return bytes
        }
        var remarks: [String] = []
        let outcome = Result { () throws(ForecastError) in
            try update.run(now: now.advanced(bySeconds: hoursLater * 3600)) { remarks.append($0) }
        }
        return (outcome, remarks)
    }

    private func offer(_ forecast: Forecast) throws {
        let bytes = try SampleForecast.bytes(forecast)
        centre.resources.withLock { $0["pressure-jupiter-latest.xml"] = bytes }
    }

    @Test func `The centre's forecast is fetched, kept while it does not change, and replaced by a newer one`() throws {
        try offer(try SampleForecast.forecast())
        let solarWind = SampleForecast.solarWind(until: now)
        centre.resources.withLock { $0["solar-wind-latest.txt"] = solarWind }
        let first = try update()
        #expect(try first.outcome.get() == .fetched && first.remarks == [])
        #expect(try store.read().intervals.first?.ivorn == SampleForecast.ivorn)
        #expect(try store.files.read(store.solarWindPath, maximumBytes: 1 << 24) == solarWind)
        #expect(try update(hoursLater: 1).outcome.get() == .kept)
        try offer(try SampleForecast.forecast(issued: now.advanced(bySeconds: 7200), ivorn: nil))
        #expect(try update(hoursLater: 2).outcome.get() == .fetched)
        #expect(try store.read().intervals.first?.ivorn == nil)
        #expect(centre.asked.withLock { $0.first } == "https://psws.test/products/pressure-jupiter-latest.xml")
    }

    @Test func `While the line is down the box predicts by itself, and the centre is believed again when it is back`()
        throws
    {
        // The measurements come with the first forecast, in case that nothing more does.
        try offer(try SampleForecast.forecast())
        let solarWind = SampleForecast.solarWind(until: now)
        centre.resources.withLock { $0["solar-wind-latest.txt"] = solarWind }
        #expect(try update().outcome.get() == .fetched)
        centre.resources.withLock { $0 = [:] }
        let soon = try update(hoursLater: 3)
        #expect(try soon.outcome.get() == .kept)
        #expect(soon.remarks.contains { $0.contains("no route to host") && $0.contains("forecast.centre") })

        #expect(try update(hoursLater: 7).outcome.get() == .predicted)
        let own = try store.read()
        #expect(own.isOwn && own.issued == now.advanced(bySeconds: 7 * 3600) && own.series.target == "jupiter")
        #expect(own.measuredUntil == now.advanced(bySeconds: -3600) && own.series.hours.count == 17 * 24 + 1)
        #expect(!own.intervals.isEmpty, "a stream in each rotation")
        // Its own is good for some hours, too.
        #expect(try update(hoursLater: 9).outcome.get() == .kept)

        try offer(try SampleForecast.forecast(issued: now.advanced(bySeconds: 8 * 3600)))
        #expect(try update(hoursLater: 10).outcome.get() == .fetched)
        #expect(try !store.read().isOwn && store.read().intervals.first?.ivorn == SampleForecast.ivorn)
    }

    @Test func `An interval that the centre announced keeps its event when the box predicts it anew`() throws {
        let path = try directory.write(SampleForecast.solarWind(until: now), "wind.txt")
        let yaml = "solar_wind: [\(path)]\n"
        #expect(try update(yaml).outcome.get() == .predicted)
        var announced = try store.read()
        announced.intervals[0].ivorn = SampleForecast.ivorn
        let stop = announced.intervals[0].interval.stop
        try store.write(try SampleForecast.bytes(announced))
        #expect(try update(hoursLater: 7, yaml).outcome.get() == .predicted)
        let again = try #require(try store.read().intervals.first { $0.ivorn != nil })
        #expect(again.ivorn == SampleForecast.ivorn && abs(again.interval.stop.seconds(since: stop)) < 7200)
    }

    @Test func `What is no forecast of the target is refused, and the one that is there stays`() throws {
        try offer(try SampleForecast.forecast())
        #expect(try update().outcome.get() == .fetched)
        let wrong: [(name: String, bytes: [UInt8])] = [
            ("another target", try SampleForecast.bytes(try SampleForecast.forecast(target: "saturn"))),
            (
                "in the future",
                try SampleForecast.bytes(try SampleForecast.forecast(issued: now.advanced(bySeconds: 3 * 86_400)))
            ), ("html", Array("<html><body>Sign in to the network</body></html>".utf8)), ("nothing", []),
            ("cut off", Array(try SampleForecast.bytes(try SampleForecast.forecast()).dropLast(4000))),
        ]
        for (name, bytes) in wrong {
            centre.resources.withLock { $0["pressure-jupiter-latest.xml"] = bytes }
            let result = try update(hoursLater: 1)
            #expect(try result.outcome.get() == .kept, "\(name)")
            #expect(result.remarks.contains { $0.contains("pressure-jupiter-latest.xml") }, "\(name)")
            #expect(try store.read().issued == now && store.read().intervals.count == 1, "\(name)")
        }
    }

    @Test func `With nothing to predict from it says so`() throws {
        let result = try update()
        guard case .failure(let error) = result.outcome else {
            Issue.record("there cannot be a forecast")
            return
        }
        #expect(error.code == .unpredictable && error.message.contains("no measurements"))
        #expect(throws: ForecastError.self) { try store.read() }
    }
}
