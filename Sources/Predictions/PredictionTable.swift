// SPDX-License-Identifier: Apache-2.0

public import JSON
public import Propagation
public import VOTable

/// A prediction as VOTable and JSON.
public enum PredictionTable {
    /// Unit, content descriptor and meaning of the columns after the time.
    private static let meanings: [(unit: String?, ucd: String, text: String)] = [
        ("AU", "pos.distance;pos.heliocentric", "Distance of the target from the Sun"),
        ("cm**-3", "phys.density;phys.particle", "Protons"),
        ("km.s**-1", "phys.veloc", "Radial velocity"),
        ("km.s**-1", "phys.veloc", "Tangential velocity"),
        ("K", "phys.temperature", "Temperature"),
        ("nT", "phys.magField", "Radial magnetic field"),
        ("nT", "phys.magField", "Tangential magnetic field"),
        ("nT", "phys.magField", "Normal magnetic field"),
        ("nPa", "phys.pressure", "Dynamic pressure"),
        ("deg", "pos.angDistance", "Longitude of the target ahead of the Earth around the Sun"),
        (nil, "meta.code.qual", "0 unknown … 1 measured near the Earth at the same longitude"),
    ]

    /// The same for the columns that an ensemble adds.
    private static let spreadMeanings: [(unit: String?, ucd: String, text: String)] =
        [
            ("nPa", "phys.pressure", "Dynamic pressure"), ("km.s**-1", "phys.veloc", "Radial velocity"),
            ("cm**-3", "phys.density;phys.particle", "Protons"),
        ].flatMap { unit, ucd, text in
            [
                (unit, "\(ucd);stat.min", "\(text), 16 % of the members below"),
                (unit, "\(ucd);stat.median", "\(text), median of the members"),
                (unit, "\(ucd);stat.max", "\(text), 84 % of the members below"),
            ]
        } + [(nil, "stat.probability", "Part of the members for which the condition holds")]

    /// The prediction as a VOTable.
    ///
    /// - Throws: `VOTableError` for what a table cannot hold.
    public static func votable(
        _ prediction: PredictedWind, as serialisation: VOTableSerialisation = .tableData
    ) throws(VOTableError) -> [UInt8] {
        try VOTableWriter.write(VOTableDocument(resources: [resource(prediction)]), as: serialisation)
    }

    /// The prediction as a resource of a VOTable.
    static func resource(_ prediction: PredictedWind) -> VOTableResource {
        let time = VOTableField(
            "time", ucd: "time.epoch", xtype: "timestamp", reference: "arrival", description: "Arrival at the target")
        var columns = [VOTableColumn(time, .text(prediction.hours.map { $0.time.iso8601(fractionDigits: 0) }))]
        func add(_ names: [String], _ meanings: [(unit: String?, ucd: String, text: String)], _ rows: [[Double]]) {
            for (index, meaning) in meanings.enumerated() {
                let field = VOTableField(
                    names[index], unit: meaning.unit, ucd: meaning.ucd, description: meaning.text)
                columns.append(VOTableColumn(field, .double(rows.map { $0[index].isFinite ? $0[index] : nil })))
            }
        }
        add(Array(PredictedWind.columns.dropFirst()), meanings, prediction.hours.map(PredictedWind.numbers(of:)))
        if prediction.hasSpread {
            add(
                PredictedWind.spreadColumns, spreadMeanings,
                prediction.hours.compactMap { $0.spread.map(PredictedWind.numbers(of:)) })
        }
        let table = VOTableTable(name: "solar_wind_\(prediction.target)", columns: columns)
        // The vocabulary has no place of the target's.
        let system = VOTableTimeSystem(id: "arrival", timescale: "UTC", referencePosition: "UNKNOWN")
        return VOTableResource(
            description: "Solar wind predicted at \(prediction.target); times of arrival there, without light time",
            infos: prediction.facts.map { VOTableInfo(name: $0.name, value: $0.value) }, timeSystems: [system],
            tables: [table])
    }

    /// The prediction as one JSON object: `facts` and `hours`.
    public static func json(_ prediction: PredictedWind) -> JSONText {
        .object([
            ("target", .string(prediction.target)), ("mode", .string(prediction.mode.rawValue)),
            ("facts", .object(prediction.facts.map { ($0.name, .string($0.value)) })), ("hours", hours(prediction)),
        ])
    }

    /// The hours of a prediction as an array of objects, by the names of the columns.
    public static func hours(_ prediction: PredictedWind) -> JSONText {
        let hours = prediction.hours.map { hour -> JSONText in
            var numbers = zip(PredictedWind.columns.dropFirst(), PredictedWind.numbers(of: hour)).map {
                ($0, JSONText.number($1))
            }
            if let spread = hour.spread {
                numbers += zip(PredictedWind.spreadColumns, PredictedWind.numbers(of: spread)).map {
                    ($0, JSONText.number($1))
                }
            }
            return .object([("time", .string(hour.time.iso8601(fractionDigits: 0)))] + numbers)
        }
        return .array(hours)
    }
}
