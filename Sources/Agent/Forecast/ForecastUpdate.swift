// SPDX-License-Identifier: Apache-2.0

import Ephemeris
import Predictions
import Propagation
import Transfer
import UTC

/// Brings the forecast of a box up to date: from the centre, or, while that cannot be reached, by the box's own
/// computation from the last measurements that it has, with the same code.
///
/// It runs in a process of its own beside the agent, so that neither the network nor the computation comes near the
/// thread that watches.
public struct ForecastUpdate: Sendable {
    /// Gets what is at an address, of so many bytes at most.
    typealias Fetch = @Sendable (_ address: String, _ maximumBytes: Int) throws(TransferError) -> [UInt8]

    /// What an update has done.
    public enum Outcome: String, Sendable, Hashable {
        /// The centre's forecast was stored.
        case fetched
        /// The box has predicted by itself.
        case predicted
        /// Nothing newer was to be had, and what is there is young enough.
        case kept
    }

    let configuration: ForecastConfiguration
    let planet: Planet
    let store: ForecastStore
    let fetch: Fetch

    /// Seconds after which a forecast is worth being replaced by one of the box's own: what a centre that is well makes
    /// anew every hour may be late by some.
    static let patienceSeconds = 6 * 3600.0
    /// Seconds after which the measurements are fetched again. They have a megabyte, and are needed in an emergency only.
    private static let solarWindSeconds = 20 * 3600.0
    /// Days before now with which a prediction begins, and days ahead of now with which it ends, as at the centre.
    private static let daysBack = 3.0, daysAhead = 14.0

    /// An update of the box with this configuration.
    ///
    /// - Throws: `notConfigured`.
    public init(_ configuration: AgentConfiguration) throws(ForecastError) {
        guard let forecast = configuration.forecast, let planet = configuration.target.forecastPlanet else {
            throw ForecastError(
                .notConfigured, place: "forecast", message: "the configuration asks for no forecast",
                remedy: "write a section forecast; psws-agent.yaml(5) explains it")
        }
        self.init(
            forecast, planet: planet, store: ForecastStore(besideOutbox: configuration.outbox.directory)
        ) { (address, maximumBytes) throws(TransferError) in
            switch try WebTransfer(maximumBytes: maximumBytes).fetch(address) {
            case .content(let bytes, _): bytes
            case .unchanged: []
            }
        }
    }

    init(_ configuration: ForecastConfiguration, planet: Planet, store: ForecastStore, fetch: @escaping Fetch) {
        self.configuration = configuration
        self.planet = planet
        self.store = store
        self.fetch = fetch
    }

    /// Does the update; blocks the thread for some seconds.
    ///
    /// - Parameters:
    ///   - now: the time of the update.
    ///   - remark: is told, in sentences, what was not as it should be although there is a forecast.
    /// - Throws: why there is none that is young enough.
    public func run(now: UTCInstant = .now(), remark: (String) -> Void) throws(ForecastError) -> Outcome {
        let stored = try? store.read()
        var latest = stored
        if let centre = configuration.centre {
            do {
                let (forecast, bytes) = try forecast(of: centre, now: now)
                if stored.map({ isBetter(forecast, than: $0, now: now) }) ?? true {
                    try store.write(bytes)
                    latest = forecast
                }
            } catch {
                guard error.code != .storage else { throw error }
                remark("\(error)")
            }
            fetchSolarWind(of: centre, now: now, remark: remark)
        }
        if let latest, now.seconds(since: latest.issued) < ForecastUpdate.patienceSeconds {
            return latest == stored ? .kept : .fetched
        }
        try store.write(ForecastTable.write(try predict(now: now, announced: latest?.intervals ?? [], remark: remark)))
        return .predicted
    }

    // MARK: - From the centre

    private func forecast(of centre: String, now: UTCInstant) throws(ForecastError) -> (Forecast, [UInt8]) {
        let address = "\(centre)\(configuration.rule)-\(planet.rawValue)-latest.xml"
        let bytes = try content(address, maximumBytes: ForecastStore.maximumBytes)
        let forecast: Forecast
        do {
            forecast = try ForecastReader.read(bytes, name: address)
        } catch {
            throw ForecastError(.malformed, place: address, message: error.description)
        }
        guard forecast.series.target == planet.rawValue else {
            throw ForecastError(
                .malformed, place: address, message: "it is of another target", remedy: "look at forecast.rule")
        }
        // Clocks may differ by some; what comes from tomorrow would never be replaced.
        guard forecast.issued.seconds(since: now) < 3600 else {
            throw ForecastError(
                .malformed, place: address, message: "it was issued in the future", remedy: "look at the clocks")
        }
        return (forecast, bytes)
    }

    /// Whether the centre's forecast replaces the one that is there: a young one does, because it knows the events that
    /// were published, and otherwise the younger does.
    private func isBetter(_ forecast: Forecast, than stored: Forecast, now: UTCInstant) -> Bool {
        if stored.isOwn, now.seconds(since: forecast.issued) < ForecastUpdate.patienceSeconds { return true }
        return forecast.issued > stored.issued
    }

    private func fetchSolarWind(of centre: String, now: UTCInstant, remark: (String) -> Void) {
        if let age = store.solarWindAgeSeconds(now: now), (0..<ForecastUpdate.solarWindSeconds).contains(age) { return }
        do {
            let address = "\(centre)solar-wind-latest.txt"
            let bytes = try content(address, maximumBytes: ForecastStore.maximumSolarWindBytes)
            var report = InputReport()
            do {
                _ = try SolarWindFile.read(bytes, name: address, report: &report)
            } catch {
                throw ForecastError(.malformed, place: address, message: "\(error)")
            }
            try store.writeSolarWind(bytes)
        } catch {
            remark("\(error)")
        }
    }

    private func content(_ address: String, maximumBytes: Int) throws(ForecastError) -> [UInt8] {
        do {
            return try fetch(address, maximumBytes)
        } catch {
            throw ForecastError(
                .unreachable, place: address, message: error.message,
                remedy: "look at forecast.centre and at the network")
        }
    }

    // MARK: - By itself

    private func predict(
        now: UTCInstant, announced: [Forecast.Interval], remark: (String) -> Void
    ) throws(ForecastError) -> Forecast {
        guard let search = configuration.search else {
            throw ForecastError(.notConfigured, place: "forecast.where", message: "there is no condition")
        }
        var report = InputReport()
        var measurements: [SolarWindMeasurement] = []
        for path in [store.solarWindPath] + configuration.solarWindPaths {
            do {
                let bytes = try store.files.read(path, maximumBytes: ForecastStore.maximumSolarWindBytes)
                measurements += try SolarWindFile.read(bytes, name: path, report: &report)
            } catch let error as FileError {
                // Without a centre nobody expects the file that would come from there.
                let isOwn = path == store.solarWindPath
                if !(isOwn && error.reason == .notFound) { remark("\(path): cannot be read: \(error.reason)") }
            } catch {
                remark("\(error)")
            }
        }
        measurements.removeAll { $0.time > now }
        guard let newest = measurements.map(\.time).max() else {
            throw ForecastError(
                .unpredictable, place: "forecast", message: "there are no measurements of the solar wind on this box",
                remedy: "they come from the centre, or from the files in forecast.solar_wind")
        }
        do {
            let request = try PropagationRequest(
                target: .planet(planet), from: now.advanced(bySeconds: -ForecastUpdate.daysBack * 86_400),
                to: now.advanced(bySeconds: ForecastUpdate.daysAhead * 86_400), mode: configuration.mode)
            var series = try SolarWindPropagator.predict(request, from: measurements, report: report)
            series.add(facts: [(Forecast.originFact, Forecast.ownOrigin)])
            let intervals = search.intervals(in: series.hours).map { interval in
                Forecast.Interval(interval, ivorn: ForecastUpdate.ivorn(of: interval, among: announced))
            }
            return Forecast(
                series: series, search: search, issued: now, measuredUntil: newest, intervals: intervals)
        } catch {
            throw ForecastError(.unpredictable, place: "forecast", message: "\(error)")
        }
    }

    /// The event about an interval that was announced before: that of the one that overlaps most.
    private static func ivorn(of interval: WindInterval, among announced: [Forecast.Interval]) -> String? {
        func overlap(_ other: WindInterval) -> Double {
            min(interval.stop, other.stop).seconds(since: max(interval.start, other.start))
        }
        return announced.filter { $0.ivorn != nil && overlap($0.interval) > 0 }
            .max { overlap($0.interval) < overlap($1.interval) }?.ivorn
    }
}

extension ForecastTable {
    /// The table's bytes.
    ///
    /// - Throws: `storage` for what no table can hold.
    fileprivate static func write(_ forecast: Forecast) throws(ForecastError) -> [UInt8] {
        do {
            return try votable(forecast)
        } catch {
            throw ForecastError(.storage, place: "forecast", message: "\(error)")
        }
    }
}

extension Forecast {
    /// Name of the fact that tells who has made a forecast.
    static let originFact = "origin"
    /// What it says of one that a box has made.
    static let ownOrigin = "predicted on the box"

    /// True if the box has made it.
    var isOwn: Bool { series.facts.contains { $0.name == Forecast.originFact && $0.value == Forecast.ownOrigin } }
}
