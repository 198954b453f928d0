// SPDX-License-Identifier: Apache-2.0

import UTC

/// JSON of NOAA's Space Weather Prediction Center.
///
/// `rtsw_wind_1m` and `rtsw_mag_1m` are arrays of objects, newest first, several spacecraft a minute, of which only the
/// active one counts; times have no zone and mean UTC. `plasma-7-day` is an array of rows of texts under a row of names.
enum SWPCReader {
    static func read(
        _ bytes: [UInt8], name: String, report: inout InputReport
    ) throws(PropagationError) -> [SolarWindMeasurement] {
        guard case .array(let elements) = try JSONValue.parse(bytes, name: name) else {
            throw PropagationError(
                .unknownFormat, place: "\(name):1", message: "the JSON of SWPC must be an array of measurements")
        }
        guard let first = elements.first else {
            throw PropagationError(.noData, place: name, message: "the array has no measurement")
        }
        if case .array = first { return try legacy(elements, name: name, report: &report) }
        var result: [SolarWindMeasurement] = []
        for (index, element) in elements.enumerated() {
            guard case .object(let members) = element else {
                throw PropagationError(
                    .malformed, place: "\(name): element \(index + 1)", message: "this must be an object")
            }
            if let item = try modern(members, place: "\(name): element \(index + 1)", report: &report) {
                result.append(item)
            }
        }
        return result
    }

    private static func modern(
        _ members: [String: JSONValue], place: String, report: inout InputReport
    ) throws(PropagationError) -> SolarWindMeasurement? {
        guard case .string(let text)? = members["time_tag"], let time = UTCInstant(iso8601: text) else {
            throw PropagationError(.malformed, place: place, message: "time_tag must be a date and time")
        }
        guard members["active"]?.isTrue ?? true else {
            report.inactive += 1
            return nil
        }
        var item = SolarWindMeasurement(time: time, averagedSeconds: 60)
        // The single flags are −9999 where nobody reports them; only the judgement of all counts.
        if let quality = members["overall_quality"]?.number, quality != 0 {
            report.flagged += 1
            return item
        }
        item.speed = members["proton_speed"]?.number
        item.density = members["proton_density"]?.number
        item.temperature = members["proton_temperature"]?.number
        item.bx = members["bx_gse"]?.number
        item.by = members["by_gse"]?.number
        item.bz = members["bz_gse"]?.number
        if let speed = item.speed, speed > 0, let y = members["proton_vy_gse"]?.number,
            let z = members["proton_vz_gse"]?.number
        {
            // As seen from the moving Earth, whose 29.8 km/s make a wind from straight ahead of the Sun seem to come
            // along +Y of GSE.
            item.flowLongitudeDegrees = (y - 29.8) / speed * 180 / .pi
            item.flowLatitudeDegrees = z / speed * 180 / .pi
        }
        return item
    }

    private static func legacy(
        _ rows: [JSONValue], name: String, report: inout InputReport
    ) throws(PropagationError) -> [SolarWindMeasurement] {
        guard case .array(let head) = rows[0] else { return [] }
        let names = head.map { if case .string(let text) = $0 { text } else { "" } }
        guard let timeColumn = names.firstIndex(of: "time_tag") else {
            throw PropagationError(
                .malformed, place: "\(name): row 1", message: "the row of names has no time_tag")
        }
        var result: [SolarWindMeasurement] = []
        for (index, row) in rows.enumerated().dropFirst() {
            guard case .array(let cells) = row, cells.count == names.count,
                case .string(let text) = cells[timeColumn], let time = UTCInstant(iso8601: text)
            else {
                throw PropagationError(
                    .malformed, place: "\(name): row \(index + 1)",
                    message: "a row needs a date and time and \(names.count) cells")
            }
            func value(_ column: String) -> Double? { names.firstIndex(of: column).flatMap { cells[$0].number } }
            var item = SolarWindMeasurement(time: time, averagedSeconds: 60)
            item.speed = value("speed")
            item.density = value("density")
            item.temperature = value("temperature")
            item.bx = value("bx_gse")
            item.by = value("by_gse")
            item.bz = value("bz_gse")
            result.append(item)
        }
        guard !result.isEmpty else {
            throw PropagationError(.noData, place: name, message: "there is no row of data in the file")
        }
        return result
    }
}
