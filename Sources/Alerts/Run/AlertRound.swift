// SPDX-License-Identifier: Apache-2.0

import NIOPosix
import Predictions
public import Propagation
public import UTC

/// One round of the alert service: fetch, predict, compare with what is published, publish.
public struct AlertRound: Sendable {
    /// Longest time before now of which measurements are kept, in days: what the slowest wind takes to Neptune, and
    /// three rotations.
    static let historyDays = 400.0
    /// Days before now with which a prediction begins, so that an interval that goes on is known again.
    static let daysBack = 3.0

    let feeds: [Feed]
    let rules: [AlertRule]
    let source: any FeedSource
    let store: AlertStore
    let shelf: ProductShelf
    let author: PredictionAuthor
    let broker: any EventPublishing
    let ensemble: SolarWindEnsemble?
    let threads: NIOThreadPool

    /// A round of these parts.
    ///
    /// - Parameters:
    ///   - feeds: where measurements come from.
    ///   - rules: what is watched for.
    ///   - source: fetches the feeds.
    ///   - store: what is remembered.
    ///   - shelf: where the series go.
    ///   - author: writes the events.
    ///   - broker: takes them.
    ///   - ensemble: gives predictions their probability; nil for none.
    ///   - threads: where predictions are computed.
    public init(
        feeds: [Feed], rules: [AlertRule], source: any FeedSource, store: AlertStore, shelf: ProductShelf,
        author: PredictionAuthor, broker: any EventPublishing, ensemble: SolarWindEnsemble? = nil,
        threads: NIOThreadPool
    ) {
        self.feeds = feeds
        self.rules = rules
        self.source = source
        self.store = store
        self.shelf = shelf
        self.author = author
        self.broker = broker
        self.ensemble = ensemble
        self.threads = threads
    }

    /// Does the round.
    ///
    /// - Parameters:
    ///   - now: the time of the round.
    ///   - isTrial: true to write nothing but measurements, and publish nothing.
    /// - Throws: `storage` if the store fails; all other failures are in the report, and the next round tries again.
    public func run(now: UTCInstant, isTrial: Bool = false) async throws(AlertError) -> RoundReport {
        var report = RoundReport(time: now)
        // What an earlier round wrote goes first.
        if !isTrial { try await publish(&report) }
        for feed in feeds { report.feeds.append(try await fetch(feed, now: now)) }
        let oldest = now.advanced(bySeconds: -AlertRound.historyDays * 86_400)
        try await store.forgetMeasurements(before: oldest)
        report.newestMeasurement = try await store.newestMeasurement()
        var predictions = RoundPredictions(store: store, ensemble: ensemble, threads: threads)
        for rule in rules {
            report.rules.append(
                try await evaluate(
                    rule, &predictions, newestMeasurement: report.newestMeasurement, now: now, isTrial: isTrial))
        }
        if !isTrial {
            try await publish(&report)
            try await putSolarWind(now: now)
            shelf.clear(now: now)
        }
        return report
    }

    // MARK: - Feeds

    private func fetch(_ feed: Feed, now: UTCInstant) async throws(AlertError) -> RoundReport.FeedLine {
        var line = RoundReport.FeedLine(name: feed.name)
        var state = try await store.state(of: feed)
        var measurements: [SolarWindMeasurement] = []
        do throws(AlertError) {
            switch try await source.fetch(feed, unless: state.validators) {
            case .unchanged: break
            case .content(let bytes, let validators):
                var input = InputReport()
                do throws(PropagationError) {
                    measurements = try SolarWindFile.read(bytes, name: feed.name, report: &input)
                } catch {
                    throw AlertError(.malformed, place: feed.name, message: "\(error)")
                }
                line.measurements = measurements.count
                state.validators = validators
            }
            state.fetched = now
            state.failure = nil
        } catch {
            state.failure = "\(error.message)"
            line.failure = "\(error)"
        }
        line.fetched = state.fetched
        try await store.keep(measurements, of: feed, state: state)
        return line
    }

    // MARK: - Rules

    private func evaluate(
        _ rule: AlertRule, _ predictions: inout RoundPredictions, newestMeasurement: UTCInstant?, now: UTCInstant,
        isTrial: Bool
    ) async throws(AlertError) -> RoundReport.RuleLine {
        var line = RoundReport.RuleLine(name: rule.name)
        let from = now.advanced(bySeconds: -AlertRound.daysBack * 86_400)
        let to = now.advanced(bySeconds: rule.daysAhead * 86_400)
        let wind: PredictedWind
        do {
            let request = try PropagationRequest(target: .planet(rule.target), from: from, to: to, mode: rule.mode)
            wind = try await predictions.wind(request, condition: rule.search.condition)
        } catch let error as AlertError {
            throw error
        } catch {
            line.failure = "\(error)"
            return line
        }
        let intervals = rule.search.intervals(in: wind.hours)
        line.intervals = intervals.count
        let open = try await store.openPredictions(rule: rule.name)
        let steps = PredictionLife(tolerance: rule.tolerance).steps(
            open: open, found: intervals, now: now, searched: from...to)
        var outcome = RuleOutcome(rule: rule, author: author, now: now, nextNumber: try await store.nextNumber())
        do {
            let name = "\(rule.name)-\(rule.target.rawValue)"
            let product = "\(name)-\(now.basicISO8601(fractionDigits: 0)).xml"
            outcome.url = shelf.address(of: product)
            for step in steps { try outcome.take(step) }
            if !isTrial {
                let forecast = Forecast(
                    series: wind, search: rule.search, issued: now, measuredUntil: newestMeasurement,
                    intervals: outcome.published(after: open).map { Forecast.Interval($0.interval, ivorn: $0.ivorn) })
                let table = try ForecastTable.votable(forecast)
                // On the disk before the events that point to it are told.
                try shelf.put(product, table)
                try shelf.put("\(name)-\(ProductShelf.latest).xml", table)
            }
        } catch {
            line.failure = "\(error)"
            return line
        }
        outcome.count(into: &line)
        if !isTrial { try await store.commit(outcome.changes, events: outcome.events) }
        return line
    }

    // MARK: - Publication

    /// Puts the measurements on the shelf from which boxes predict by themselves while they cannot reach the centre.
    private func putSolarWind(now: UTCInstant) async throws(AlertError) {
        let requests = rules.compactMap { rule in
            try? PropagationRequest(
                target: .planet(rule.target), from: now.advanced(bySeconds: -AlertRound.daysBack * 86_400), to: now,
                mode: rule.mode)
        }
        guard let since = requests.map(SolarWindPropagator.earliestMeasurement).min() else { return }
        let measurements = try await store.measurements(since: since)
        try shelf.put(
            "solar-wind-\(ProductShelf.latest).txt", OMNI2Writer.write(measurements, since: since, until: now))
    }

    /// Hands the broker what is written, in order.
    private func publish(_ report: inout RoundReport) async throws(AlertError) {
        report.blockage = nil
        while let event = try await store.nextOutgoing() {
            do throws(AlertError) {
                try await broker.publish(event.packet)
                report.published += 1
            } catch {
                report.blockage = "\(event.ivorn): \(error.message)"
                // What is refused would be refused again, and hold up all others.
                guard error.code == .refused else { return }
            }
            try await store.removeOutgoing(event)
        }
    }
}
