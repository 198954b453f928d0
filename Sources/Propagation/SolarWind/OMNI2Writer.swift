// SPDX-License-Identifier: Apache-2.0

public import UTC

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Writes measurements as hourly means in the format of OMNI2, in which a box at a telescope keeps the last months.
///
/// - Reference: format `omni2.text` of NASA/SPDF; what is not known has the fill value of its word.
public enum OMNI2Writer {
    /// The 55 words of an hour of which nothing is known, after the date.
    private static let fillWords: [String] = [
        "9999", "99", "99", "999", "999", "999.9", "999.9", "999.9", "999.9", "999.9", "999.9", "999.9", "999.9",
        "999.9", "999.9", "999.9", "999.9", "999.9", "999.9", "9999999.", "999.9", "9999.", "999.9", "999.9", "9.999",
        "99.99", "9999999.", "999.9", "9999.", "999.9", "999.9", "9.999", "999.99", "999.99", "999.9", "99", "999",
        "99999", "9999", "999999.99", "99999.99", "99999.99", "99999.99", "99999.99", "99999.99", "0", "999", "999.9",
        "999.9", "99999", "99999", "99.9",
    ]

    /// The hours that have a measurement, oldest first.
    ///
    /// - Parameters:
    ///   - measurements: in any order; those that cannot be the solar wind are left out.
    ///   - since: begin of the first hour that is written.
    ///   - until: end of the last.
    /// - Returns: a line an hour, some 300 bytes.
    public static func write(
        _ measurements: [SolarWindMeasurement], since: UTCInstant, until: UTCInstant
    ) -> [UInt8] {
        let first = Int((since.secondsSince1970 / 3600).rounded(.down))
        let last = max(first, Int((until.secondsSince1970 / 3600).rounded(.up)))
        var report = InputReport()
        let bins = HourlyBins(measurements, hours: first..<last, report: &report)
        var text = ""
        for hour in 0..<(last - first) {
            func mean(_ quantity: HourlyWind.Quantity) -> Double? {
                let value = bins.means[quantity.rawValue][hour]
                return value.isFinite ? value : nil
            }
            let words = words(mean)
            guard words != fillWords else { continue }
            let date = UTCInstant(secondsSince1970: Double(first + hour) * 3600)
            text += "\(dayAndHour(date)) \(words.joined(separator: " "))\n"
        }
        return Array(text.utf8)
    }

    /// Year, day of the year from 1, and hour.
    private static func dayAndHour(_ time: UTCInstant) -> String {
        let date = time.civilDate
        let newYear = UTCInstant(CivilDate(year: date.year, month: 1, day: 1)) ?? time
        let hours = Int((time.seconds(since: newYear) / 3600).rounded())
        return "\(date.year) \(hours / 24 + 1) \(hours % 24)"
    }

    /// The words behind the date; components in RTN become those of GSE.
    private static func words(_ mean: (HourlyWind.Quantity) -> Double?) -> [String] {
        var words = fillWords
        // Numbers of words count from 1, and three of them are the date.
        func put(_ word: Int, _ value: Double?, decimals: Int) {
            guard let value else { return }
            let scale = decimals == 0 ? 1.0 : decimals == 1 ? 10 : 100
            let rounded = (value * scale).rounded() / scale
            words[word - 4] = decimals == 0 ? String(Int(rounded)) : String(rounded)
        }
        put(13, mean(.br).map { -$0 }, decimals: 2)
        put(14, mean(.bt).map { -$0 }, decimals: 2)
        put(15, mean(.bn), decimals: 2)
        put(23, mean(.logTemperature).map { exp($0) }, decimals: 0)
        put(24, mean(.logDensity).map { exp($0) }, decimals: 2)
        if let radial = mean(.speed), let tangential = mean(.ut), let normal = mean(.un) {
            let speed = (radial * radial + tangential * tangential + normal * normal).squareRoot()
            put(25, speed, decimals: 1)
            put(26, atan2(-tangential, radial) * 180 / .pi, decimals: 2)
            put(27, asin(normal / speed) * 180 / .pi, decimals: 2)
        }
        return words
    }
}
