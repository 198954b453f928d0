// SPDX-License-Identifier: Apache-2.0

import Propagation
import UTC
import VOEvent
import VOTable

/// Reads a forecast that `ForecastTable` wrote.
///
/// It comes over the network: what is not as it should be is refused, because a box acts on it.
public enum ForecastReader {
    /// Most intervals of a forecast.
    private static let maximumIntervals = 1000

    /// The forecast.
    ///
    /// - Throws: `PredictionReader.Failure`, with the file and what is wrong in it.
    public static func read(_ bytes: [UInt8], name: String) throws(PredictionReader.Failure) -> Forecast {
        let document = try PredictionReader.document(bytes, name: name).document
        let series = try PredictionReader.series(document, name: name)
        func fact(_ key: String) -> String? { series.facts.first { $0.name == key }?.value }
        func failure(_ message: String) -> PredictionReader.Failure {
            PredictionReader.Failure(description: "\(name): \(message)")
        }
        guard let issued = fact(ForecastTable.Fact.issued).flatMap({ UTCInstant(iso8601: $0) }) else {
            throw failure("it does not say when it was issued")
        }
        var settings = IntervalSettings()
        if let value = fact("merge_gap_h").flatMap(Double.init) { settings.mergeGapHours = value }
        if let value = fact("minimum_duration_h").flatMap(Double.init) { settings.minimumHours = value }
        if let value = fact("hysteresis").flatMap(Double.init) { settings.hysteresis = value }
        if let value = fact("bridged_hours").flatMap({ Int($0) }) { settings.bridgedHours = value }
        let search: IntervalSearch
        do {
            search = try IntervalSearch(WindCondition(fact("condition") ?? ""), settings: settings)
        } catch {
            throw failure("its condition cannot be understood: \(error)")
        }
        guard let table = document.tables.first(where: { $0.name == IntervalTable.name }) else {
            throw failure("there is no table of intervals")
        }
        guard table.rowCount <= maximumIntervals else {
            throw failure("it has more than \(maximumIntervals) intervals")
        }
        var intervals: [Forecast.Interval] = []
        for row in 0..<table.rowCount {
            guard let interval = interval(in: table, row: row) else {
                throw failure("interval \(row + 1) is not whole, or ends before it begins")
            }
            intervals.append(interval)
        }
        return Forecast(
            series: series, search: search, issued: issued,
            measuredUntil: fact(ForecastTable.Fact.measuredUntil).flatMap { UTCInstant(iso8601: $0) },
            intervals: intervals)
    }

    /// One row; nil if something is missing or impossible.
    private static func interval(in table: VOTableTable, row: Int) -> Forecast.Interval? {
        func text(_ name: String) -> String? {
            guard case .text(let list) = table.columns.first(where: { $0.field.name == name })?.values else {
                return nil
            }
            return list[row]
        }
        func time(_ name: String) -> UTCInstant? { text(name).flatMap { UTCInstant(iso8601: $0 + "Z") } }
        func number(_ hasName: (String) -> Bool) -> Double? {
            guard case .double(let list) = table.columns.first(where: { hasName($0.field.name) })?.values else {
                return nil
            }
            return list[row]
        }
        guard let start = time("TimeIntervalStart"), let stop = time("TimeIntervalStop"), start < stop,
            let peakTime = time("time_peak"), let peak = number({ $0.hasSuffix("_max") })
        else { return nil }
        let ivorn = text(ForecastTable.ivornColumn) ?? ""
        guard ivorn.isEmpty || IVORN(ivorn) != nil else { return nil }
        return Forecast.Interval(
            WindInterval(
                start: start, stop: stop, isOpenAtStart: false, isOpenAtStop: false, peak: peak, peakTime: peakTime,
                mean: number { $0.hasSuffix("_mean") } ?? .nan, quality: number { $0 == "quality" } ?? 0,
                probability: number { $0 == "prob" }, angleDegrees: number { $0 == "angle" } ?? .nan),
            ivorn: ivorn.isEmpty ? nil : ivorn)
    }
}
