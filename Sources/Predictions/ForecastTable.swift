// SPDX-License-Identifier: Apache-2.0

import UTC
public import VOTable

/// A forecast as a VOTable: the series as `PredictionTable` has it, and behind it the catalogue of its intervals with
/// the identifiers of the events.
public enum ForecastTable {
    /// Names of the facts that a forecast adds to those of its series.
    enum Fact {
        static let issued = "issued"
        static let measuredUntil = "measured_until"
    }

    /// Name of the column with the identifiers of events; an empty text where nobody has published one.
    static let ivornColumn = "ivorn"

    /// The document.
    ///
    /// - Throws: `VOTableError` for what a table cannot hold.
    public static func votable(_ forecast: Forecast) throws(VOTableError) -> [UInt8] {
        let intervals = IntervalTable(
            series: forecast.series, search: forecast.search, intervals: forecast.intervals.map(\.interval))
        var catalogue = intervals.catalogue
        catalogue.description = "Intervals with \(forecast.search.condition), and the events that announced them"
        catalogue.columns.append(
            VOTableColumn(
                VOTableField(ivornColumn, ucd: "meta.ref.ivoid", description: "Newest event about the interval"),
                .text(forecast.intervals.map { $0.ivorn ?? "" })))
        var resource = PredictionTable.resource(forecast.series)
        resource.tables.append(catalogue)
        var facts = [(Fact.issued, forecast.issued.iso8601(fractionDigits: 0))]
        if let time = forecast.measuredUntil { facts.append((Fact.measuredUntil, time.iso8601(fractionDigits: 0))) }
        resource.infos += (facts + intervals.settings.map { ($0.name, $0.value) }).map {
            VOTableInfo(name: $0.0, value: $0.1)
        }
        return try VOTableWriter.write(VOTableDocument(resources: [resource]))
    }
}
