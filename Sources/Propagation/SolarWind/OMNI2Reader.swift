// SPDX-License-Identifier: Apache-2.0

import UTC

/// Hourly means of OMNI2.
///
/// - Reference: King and Papitashvili 2005, J. Geophys. Res. 110, A02104; format: `omni2.text` of NASA/SPDF.
enum OMNI2Reader {
    /// Words of a line that are needed: up to the standard deviation of the speed.
    private static let leastWords = 32

    static func read(
        _ bytes: [UInt8], name: String, report: inout InputReport
    ) throws(PropagationError) -> [SolarWindMeasurement] {
        var result: [SolarWindMeasurement] = []
        for line in TextLines.lines(of: bytes) {
            guard line.words.count >= leastWords else {
                throw PropagationError(
                    .malformed, place: "\(name):\(line.number)",
                    message: "an OMNI2 line has 55 words and this one \(line.words.count)",
                    remedy: "fetch the file again, it may be cut off")
            }
            let year = try line.integer(0, file: name)
            let day = try line.integer(1, file: name)
            let hour = try line.integer(2, file: name)
            guard let start = UTCInstant(CivilDate(year: year, month: 1, day: 1)), (1...366).contains(day),
                (0...23).contains(hour)
            else {
                throw PropagationError(
                    .malformed, place: "\(name):\(line.number)",
                    message: "there is no day \(day), hour \(hour) of \(year)")
            }
            var item = SolarWindMeasurement(
                time: start.advanced(bySeconds: Double((day - 1) * 24 + hour) * 3600), averagedSeconds: 3600)
            // A fill value is all nines in the format of its word.
            func value(_ word: Int, fill: Double) throws(PropagationError) -> Double? {
                guard let number = try line.number(word - 1, file: name) else {
                    report.outOfRange += 1
                    return nil
                }
                return abs(number) >= fill ? nil : number
            }
            item.bx = try value(13, fill: 999.9)
            item.by = try value(14, fill: 999.9)
            item.bz = try value(15, fill: 999.9)
            item.temperature = try value(23, fill: 9_999_999)
            item.density = try value(24, fill: 999.9)
            item.speed = try value(25, fill: 9999)
            item.flowLongitudeDegrees = try value(26, fill: 999.9)
            item.flowLatitudeDegrees = try value(27, fill: 999.9)
            item.temperatureSigma = try value(30, fill: 9_999_999)
            item.densitySigma = try value(31, fill: 999.9)
            item.speedSigma = try value(32, fill: 9999)
            result.append(item)
        }
        return result
    }
}
