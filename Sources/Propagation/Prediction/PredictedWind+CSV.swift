// SPDX-License-Identifier: Apache-2.0

import UTC

extension PredictedWind {
    /// Names of the columns, which keep their meaning; more may follow them.
    public static let columns = [
        "time", "r_au", "n_cm3", "vr_km_s", "vt_km_s", "t_k", "br_nt", "bt_nt", "bn_nt", "pdyn_npa", "angle_deg",
        "quality",
    ]

    /// Names of the columns that an ensemble adds.
    public static let spreadColumns = [
        "pdyn_p16_npa", "pdyn_p50_npa", "pdyn_p84_npa", "vr_p16_km_s", "vr_p50_km_s", "vr_p84_km_s", "n_p16_cm3",
        "n_p50_cm3", "n_p84_cm3", "probability",
    ]

    /// The numbers of an hour's spread in the order of those columns.
    public static func numbers(of spread: HourSpread) -> [Double] {
        [spread.dynamicPressure, spread.speed, spread.density].flatMap { [$0.low, $0.median, $0.high] }
            + [spread.probability]
    }

    /// The spread of ten numbers in that order.
    public static func spread(of n: [Double]) -> HourSpread? {
        guard n.count == spreadColumns.count else { return nil }
        return HourSpread(
            dynamicPressure: .init(low: n[0], median: n[1], high: n[2]),
            speed: .init(low: n[3], median: n[4], high: n[5]), density: .init(low: n[6], median: n[7], high: n[8]),
            probability: n[9])
    }

    /// Whether all hours have the spread of an ensemble.
    public var hasSpread: Bool { !hours.isEmpty && hours.allSatisfy { $0.spread != nil } }

    /// The numbers of an hour in the order of the columns after the time.
    public static func numbers(of hour: PredictedHour) -> [Double] {
        [
            hour.distanceAU, hour.density, hour.radialSpeed, hour.tangentialSpeed, hour.temperature, hour.br, hour.bt,
            hour.bn, hour.dynamicPressure, hour.angleDegrees, hour.quality,
        ]
    }

    /// Decimals that say all that is meant, column by column after the time.
    private static let decimals = [6, 6, 3, 3, 1, 5, 5, 5, 7, 4, 4]
    private static let spreadDecimals = [7, 7, 7, 3, 3, 3, 6, 6, 6, 4]

    /// The prediction as comma-separated values: lines `# name: value`, a line of names, a line for each hour.
    public var csv: String {
        var text = facts.map { "# \($0.name): \($0.value)\n" }.joined()
        let names = PredictedWind.columns + (hasSpread ? PredictedWind.spreadColumns : [])
        text += names.joined(separator: ",") + "\n"
        for hour in hours {
            var cells = zip(PredictedWind.numbers(of: hour), PredictedWind.decimals).map {
                Decimal.text($0, decimals: $1)
            }
            if hasSpread, let spread = hour.spread {
                cells += zip(PredictedWind.numbers(of: spread), PredictedWind.spreadDecimals).map {
                    Decimal.text($0, decimals: $1)
                }
            }
            text += ([hour.time.iso8601(fractionDigits: 0)] + cells).joined(separator: ",") + "\n"
        }
        return text
    }

    /// The hours of a prediction that was written as comma-separated values; a cell that is empty or `nan` is missing.
    ///
    /// - Throws: `malformed` with file and line, `noData` if there is no hour.
    public init(readingCSV bytes: [UInt8], name: String) throws(PropagationError) {
        var facts: [(name: String, value: String)] = []
        var places: [Int]?
        var spreadPlaces: [Int] = []
        var hours: [PredictedHour] = []
        for line in TextLines.lines(of: bytes) {
            if line.text.hasPrefix("#") {
                if let colon = line.text.firstIndex(of: ":") {
                    let key = line.text[..<colon].dropFirst().trimmed
                    facts.append((String(key), String(line.text[line.text.index(after: colon)...].trimmed)))
                }
                continue
            }
            let cells = line.text.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
            guard let columns = places else {
                places = try PredictedWind.places(of: cells, place: "\(name):\(line.number)")
                spreadPlaces = PredictedWind.spreadColumns.compactMap { column in cells.firstIndex { $0 == column } }
                continue
            }
            var hour = try PredictedWind.hour(cells, columns: columns, place: "\(name):\(line.number)")
            hour.spread = PredictedWind.spread(
                of: spreadPlaces.compactMap { $0 < cells.count ? Double(cells[$0]) : nil })
            if let last = hours.last, hour.time <= last.time {
                throw PropagationError(
                    .malformed, place: "\(name):\(line.number)", message: "the times must rise",
                    remedy: "sort the lines and take out what is there twice")
            }
            hours.append(hour)
        }
        guard !hours.isEmpty else {
            throw PropagationError(.noData, place: name, message: "there is no hour in the file")
        }
        self.init(
            target: facts.first { $0.name == "target" }?.value ?? "",
            mode: facts.first { $0.name == "mode" }.flatMap { PropagationMode(rawValue: $0.value) } ?? .tao,
            hours: hours, facts: facts)
    }

    /// Where each column stands in a file.
    private static func places(of names: [Substring], place: String) throws(PropagationError) -> [Int] {
        var places: [Int] = []
        for column in columns {
            guard let index = names.firstIndex(where: { $0 == column }) else {
                throw PropagationError(
                    .malformed, place: place, message: "there is no column \(column)",
                    remedy: "give what psws propagate --format csv writes")
            }
            places.append(index)
        }
        return places
    }

    private static func hour(
        _ cells: [Substring], columns: [Int], place: String
    ) throws(PropagationError) -> PredictedHour {
        var numbers: [Double] = []
        for column in columns.dropFirst() {
            let cell = column < cells.count ? cells[column] : "?"
            guard let number = cell.isEmpty ? Double.nan : Double(cell) else {
                throw PropagationError(
                    .malformed, place: place,
                    message: "column \(column + 1) must be a number and is \"\(cell.prefix(24))\"")
            }
            numbers.append(number)
        }
        guard columns[0] < cells.count, let time = UTCInstant(iso8601: cells[columns[0]]) else {
            throw PropagationError(.malformed, place: place, message: "the time must be ISO 8601")
        }
        return PredictedHour(
            time: time, distanceAU: numbers[0], density: numbers[1], radialSpeed: numbers[2],
            tangentialSpeed: numbers[3], temperature: numbers[4], br: numbers[5], bt: numbers[6], bn: numbers[7],
            dynamicPressure: numbers[8], angleDegrees: numbers[9], quality: numbers[10])
    }
}

/// Numbers with so many decimals, as no other locale would have them.
enum Decimal {
    static func text(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "nan" }
        let scale = (0..<decimals).reduce(1.0) { result, _ in result * 10 }
        let scaled = (abs(value) * scale).rounded()
        guard scaled < 9e18 else { return "\(value)" }
        let digits = String(Int64(scaled))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + padded }
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
