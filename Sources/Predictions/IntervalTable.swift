// SPDX-License-Identifier: Apache-2.0

public import JSON
public import Propagation
import UTC
public import VOTable

/// Intervals with everything that they were made of, to be printed.
public struct IntervalTable {
    /// The series that was searched.
    public let series: PredictedWind
    /// What was searched for.
    public let search: IntervalSearch
    /// What was found.
    public let intervals: [WindInterval]

    /// A table of a search.
    public init(series: PredictedWind, search: IntervalSearch, intervals: [WindInterval]) {
        self.series = series
        self.search = search
        self.intervals = intervals
    }

    /// Quantity whose peak and mean are given: the first of the condition.
    private var leading: WindQuantity { search.condition.comparisons[0].quantity }

    /// Every setting of the search, name and value.
    var settings: [(name: String, value: String)] {
        [
            ("condition", "\(search.condition)"), ("merge_gap_h", "\(search.settings.mergeGapHours)"),
            ("minimum_duration_h", "\(search.settings.minimumHours)"), ("hysteresis", "\(search.settings.hysteresis)"),
            ("bridged_hours", "\(search.settings.bridgedHours)"), ("crossings", "linear"),
            ("hours_searched", "\(series.hours.count)"), ("peak_of", leading.rawValue),
        ]
    }

    /// One JSON object: `condition`, `settings`, `series`, `intervals`.
    public var json: JSONText {
        let rows = intervals.map { interval -> JSONText in
            .object([
                ("time_start", .string(interval.start.iso8601(fractionDigits: 0))),
                ("time_end", .string(interval.stop.iso8601(fractionDigits: 0))),
                ("duration_h", .number(interval.hours)), ("open_start", .boolean(interval.isOpenAtStart)),
                ("open_end", .boolean(interval.isOpenAtStop)), ("peak", .number(interval.peak)),
                ("time_peak", .string(interval.peakTime.iso8601(fractionDigits: 0))),
                ("mean", .number(interval.mean)), ("quantity", .string(leading.rawValue)),
                ("unit", .string(leading.unit)), ("quality", .number(interval.quality)),
                ("angle_deg", .number(interval.angleDegrees)),
                ("probability", .number(probability(of: interval))),
            ])
        }
        return .object([
            ("condition", .string("\(search.condition)")),
            ("settings", .object(settings.map { ($0.name, .string($0.value)) })),
            ("series", .object(series.facts.map { ($0.name, .string($0.value)) })), ("intervals", .array(rows)),
        ])
    }

    /// The greatest probability of an interval; nil where there was no ensemble, or another condition was asked of it.
    func probability(of interval: WindInterval) -> Double? {
        let isSame = series.facts.contains { $0.name == "probability_of" && $0.value == "\(search.condition)" }
        return isSame ? interval.probability : nil
    }

    /// A catalogue: begin, end, and what the interval is like.
    ///
    /// - Throws: `VOTableError` for what a table cannot hold.
    public func votable() throws(VOTableError) -> [UInt8] { try write(catalogue) }

    /// The catalogue as a table.
    var catalogue: VOTableTable {
        func number(
            _ name: String, _ unit: String?, _ ucd: String, _ meaning: String, _ values: [Double?]
        ) -> VOTableColumn {
            VOTableColumn(
                VOTableField(name, unit: unit, ucd: ucd, description: meaning),
                .double(values.map { $0.flatMap { $0.isFinite ? $0 : nil } }))
        }
        let name = leading == .dynamicPressure ? "pdyn" : leading.rawValue
        let unit = leading.voUnit
        let ucd = IntervalTable.ucd(leading)
        var columns = [
            time("TimeIntervalStart", "time.start", "Begin", intervals.map(\.start)),
            time("TimeIntervalStop", "time.end", "End", intervals.map(\.stop)),
            number("\(name)_max", unit, "\(ucd);stat.max", "Extreme value", intervals.map(\.peak)),
            time("time_peak", "time.epoch", "Hour of the extreme value", intervals.map(\.peakTime)),
            number("\(name)_mean", unit, "\(ucd);stat.mean", "Mean value", intervals.map(\.mean)),
            number(
                "angle", "deg", "pos.angDistance", "Greatest longitude from the Earth",
                intervals.map(\.angleDegrees)),
            number("quality", nil, "meta.code.qual", "Least quality, 0…1", intervals.map(\.quality)),
        ]
        let probabilities = intervals.map(probability)
        if series.hasSpread {
            columns.insert(
                number(
                    "prob", nil, "stat.probability", "Greatest part of the ensemble's members that meets the condition",
                    probabilities), at: 5)
        }
        return VOTableTable(name: IntervalTable.name, columns: columns)
    }

    /// Name of the table.
    static let name = "intervals"

    /// A time table: begin and end alone, which is what AMDA and speasy read.
    ///
    /// - Throws: `VOTableError` for what a table cannot hold.
    public func timeTable() throws(VOTableError) -> [UInt8] {
        var start = time("Start Time", "time.start", "time tag for beginning of interval", intervals.map(\.start))
        var stop = time("Stop Time", "time.end", "time tag for end of interval", intervals.map(\.stop))
        start.field.id = "TimeIntervalStart"
        stop.field.id = "TimeIntervalStop"
        return try write(VOTableTable(name: IntervalTable.name, columns: [start, stop]))
    }

    /// Times without a zone and with a fraction of the second: readers of time tables accept no other form.
    private func time(_ name: String, _ ucd: String, _ meaning: String, _ values: [UTCInstant]) -> VOTableColumn {
        VOTableColumn(
            VOTableField(name, ucd: ucd, xtype: "timestamp", reference: "arrival", description: meaning),
            .text(values.map { String($0.iso8601(fractionDigits: 3).dropLast()) }))
    }

    private func write(_ table: VOTableTable) throws(VOTableError) -> [UInt8] {
        let facts = (settings + series.facts).map { VOTableInfo(name: $0.name, value: $0.value) }
        let resource = VOTableResource(
            description: "Intervals at \(series.target) with \(search.condition); arrival there, without light time",
            infos: facts,
            timeSystems: [VOTableTimeSystem(id: "arrival", timescale: "UTC", referencePosition: "UNKNOWN")],
            tables: [table])
        // Readers of time tables take this text apart at each semicolon with its line end.
        let description =
            "Name : PSWS \(series.target) \(search.condition);\nMode : \(series.mode.rawValue);\n"
            + "Condition : \(search.condition);\nNumber of intervals : \(intervals.count);\n"
        return try VOTableWriter.write(VOTableDocument(description: description, resources: [resource]))
    }

    /// The content descriptor of a quantity.
    private static func ucd(_ quantity: WindQuantity) -> String {
        switch quantity {
        case .dynamicPressure: "phys.pressure"
        case .speed, .tangentialSpeed: "phys.veloc"
        case .density: "phys.density;phys.particle"
        case .temperature: "phys.temperature"
        case .field, .radialField, .tangentialField, .normalField: "phys.magField"
        case .distance: "pos.distance;pos.heliocentric"
        case .angle: "pos.angDistance"
        case .quality: "meta.code.qual"
        }
    }
}
