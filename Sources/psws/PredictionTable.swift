// SPDX-License-Identifier: Apache-2.0

import JSON
import Propagation
import VOTable

/// A prediction as VOTable and JSON.
enum PredictionTable {
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

    /// The prediction as a VOTable.
    static func votable(_ prediction: PredictedWind) throws(VOTableError) -> [UInt8] {
        let time = VOTableField(
            "time", ucd: "time.epoch", xtype: "timestamp", reference: "arrival", description: "Arrival at the target")
        var columns = [VOTableColumn(time, .text(prediction.hours.map { $0.time.iso8601(fractionDigits: 0) }))]
        let rows = prediction.hours.map(PredictedWind.numbers(of:))
        for (index, meaning) in meanings.enumerated() {
            let field = VOTableField(
                PredictedWind.columns[index + 1], unit: meaning.unit, ucd: meaning.ucd, description: meaning.text)
            columns.append(VOTableColumn(field, .double(rows.map { $0[index].isFinite ? $0[index] : nil })))
        }
        let table = VOTableTable(name: "solar_wind_\(prediction.target)", columns: columns)
        // The vocabulary has no place of the target's.
        let system = VOTableTimeSystem(id: "arrival", timescale: "UTC", referencePosition: "UNKNOWN")
        let resource = VOTableResource(
            description: "Solar wind predicted at \(prediction.target); times of arrival there, without light time",
            infos: prediction.facts.map { VOTableInfo(name: $0.name, value: $0.value) }, timeSystems: [system],
            tables: [table])
        return try VOTableWriter.write(VOTableDocument(resources: [resource]))
    }

    /// The prediction as one JSON object: `facts` and `hours`.
    static func json(_ prediction: PredictedWind) -> JSONText {
        let hours = prediction.hours.map { hour -> JSONText in
            let numbers = zip(PredictedWind.columns.dropFirst(), PredictedWind.numbers(of: hour)).map {
                ($0, JSONText.number($1))
            }
            return .object([("time", .string(hour.time.iso8601(fractionDigits: 0)))] + numbers)
        }
        return .object([
            ("target", .string(prediction.target)), ("mode", .string(prediction.mode.rawValue)),
            ("facts", .object(prediction.facts.map { ($0.name, .string($0.value)) })), ("hours", .array(hours)),
        ])
    }
}
