// SPDX-License-Identifier: Apache-2.0

import UTC

/// Monthly files of real-time data of ACE: SWEPAM hourly means with a status for each.
///
/// The format explains itself in the head of each file: year, month, day, hhmm, modified Julian day, second of the day,
/// status (0 good, 1 to 8 bad, 9 none), density, speed, temperature; −9999.9 and −1.00e+05 where there is nothing.
enum ACEReader {
    static func read(
        _ bytes: [UInt8], name: String, report: inout InputReport
    ) throws(PropagationError) -> [SolarWindMeasurement] {
        var result: [SolarWindMeasurement] = []
        for line in TextLines.lines(of: bytes) {
            let first = line.words[0].utf8.first
            if first == UInt8(ascii: "#") || first == UInt8(ascii: ":") { continue }
            guard line.words.count == 10 else {
                throw PropagationError(
                    .malformed, place: "\(name):\(line.number)",
                    message: "a line of ACE SWEPAM has 10 words and this one \(line.words.count)",
                    remedy: "fetch the file again, it may be cut off, or be of another instrument")
            }
            let clock = try line.integer(3, file: name)
            let date = CivilDate(
                year: try line.integer(0, file: name), month: try line.integer(1, file: name),
                day: try line.integer(2, file: name), hour: clock / 100, minute: clock % 100)
            guard let time = UTCInstant(date) else {
                throw PropagationError(
                    .malformed, place: "\(name):\(line.number)", message: "there is no such date and time")
            }
            var item = SolarWindMeasurement(time: time, averagedSeconds: 3600)
            if try line.integer(6, file: name) == 0 {
                item.density = try line.number(7, file: name).flatMap { $0 <= -9999 ? nil : $0 }
                item.speed = try line.number(8, file: name).flatMap { $0 <= -9999 ? nil : $0 }
                item.temperature = try line.number(9, file: name).flatMap { $0 <= -99_999 ? nil : $0 }
            } else {
                report.flagged += 1
            }
            result.append(item)
        }
        guard !result.isEmpty else {
            throw PropagationError(.noData, place: name, message: "there is no line of data in the file")
        }
        return result
    }
}
