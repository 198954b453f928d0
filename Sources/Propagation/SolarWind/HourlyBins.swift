// SPDX-License-Identifier: Apache-2.0

import UTC

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Means of measurements by the hour; not-a-number where there is none.
struct HourlyBins {
    /// Hours since 1970 of the first one.
    let firstHour: Int
    /// Means by quantity and hour.
    var means: [[Double]]

    /// Means of what can be the solar wind: speed 200…1500 km/s, density 0.05…150 cm⁻³, temperature above 1000 K.
    ///
    /// - Parameters:
    ///   - measurements: in any order.
    ///   - hours: hours since 1970 that are wanted; measurements outside are left out.
    init(_ measurements: [SolarWindMeasurement], hours: Range<Int>, report: inout InputReport) {
        firstHour = hours.lowerBound
        let quantities = HourlyWind.Quantity.allCases.count
        var sums = [[Double]](repeating: [Double](repeating: 0, count: hours.count), count: quantities)
        var counts = sums
        for item in HourlyBins.ordered(measurements, report: &report) {
            // The hour is that of the middle, so that an average that begins on the hour stays in it.
            let middle = item.time.secondsSince1970 + item.averagedSeconds / 2
            let hour = Int((middle / 3600).rounded(.down)) - firstHour
            guard (0..<hours.count).contains(hour) else { continue }
            for (quantity, value) in HourlyBins.quantities(of: item, report: &report) {
                sums[quantity.rawValue][hour] += value
                counts[quantity.rawValue][hour] += 1
            }
        }
        means = zip(sums, counts).map { zip($0, $1).map { $1 > 0 ? $0 / $1 : .nan } }
    }

    /// In the order of time, each once.
    private static func ordered(
        _ measurements: [SolarWindMeasurement], report: inout InputReport
    ) -> [SolarWindMeasurement] {
        // SWPC has the newest first: falling order throughout is an order, too.
        let rises = zip(measurements, measurements.dropFirst()).count { $0.time < $1.time }
        let falls = zip(measurements, measurements.dropFirst()).count { $0.time > $1.time }
        report.disordered += min(rises, falls)
        var seen = Set<SolarWindMeasurement>()
        let unique = measurements.filter { seen.insert($0).inserted }
        report.duplicates += measurements.count - unique.count
        return unique.sorted { $0.time < $1.time }
    }

    /// What a measurement says about each quantity, in RTN.
    private static func quantities(
        of item: SolarWindMeasurement, report: inout InputReport
    ) -> [(HourlyWind.Quantity, Double)] {
        var result: [(HourlyWind.Quantity, Double)] = []
        func accepted(_ value: Double?, _ range: ClosedRange<Double>) -> Double? {
            guard let value else { return nil }
            if range.contains(value) { return value }
            report.outOfRange += 1
            return nil
        }
        if let speed = accepted(item.speed, 200...1500) {
            let longitude = (accepted(item.flowLongitudeDegrees, -45...45) ?? 0) * .pi / 180
            let latitude = (accepted(item.flowLatitudeDegrees, -45...45) ?? 0) * .pi / 180
            // T points against Y of GSE, N along Z.
            result.append((.speed, speed * cos(latitude) * cos(longitude)))
            result.append((.ut, -speed * cos(latitude) * sin(longitude)))
            result.append((.un, speed * sin(latitude)))
        }
        if let density = accepted(item.density, 0.05...150) { result.append((.logDensity, log(density))) }
        if let temperature = accepted(item.temperature, 1000...1e8) {
            result.append((.logTemperature, log(temperature)))
        }
        if let bx = accepted(item.bx, -200...200) { result.append((.br, -bx)) }
        if let by = accepted(item.by, -200...200) { result.append((.bt, -by)) }
        if let bz = accepted(item.bz, -200...200) { result.append((.bn, bz)) }
        return result
    }
}
