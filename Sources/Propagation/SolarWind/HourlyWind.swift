// SPDX-License-Identifier: Apache-2.0

import UTC

/// The solar wind near the Earth without a gap, hour by hour, with a mark for each hour how well it is known.
struct HourlyWind: Sendable {
    /// Quantities of an hour, in RTN as the Earth has it.
    enum Quantity: Int, CaseIterable, Sendable {
        /// Radial speed in km/s.
        case speed
        /// Logarithm of the number of protons a cm³.
        case logDensity
        /// Logarithm of the temperature in K.
        case logTemperature
        /// Tangential and normal velocity in km/s.
        case ut, un
        /// Field in nT.
        case br, bt, bn
    }

    /// Quality of an hour that was measured, interpolated, mended with the rotation before, taken from it alone.
    static let measured = 1.0, interpolated = 0.8, blended = 0.5, recurrent = 0.2

    /// Hours since 1970 of the first one.
    let firstHour: Int
    /// Values by quantity and hour.
    var values: [[Double]]
    /// Quality by hour, 0…1.
    var quality: [Double]
    /// Whether a field was measured at all; else a usual one stands in.
    let hasField: Bool

    /// Number of hours.
    var count: Int { quality.count }

    /// Between two hours, in proportion; the first and the last hour hold beyond the ends.
    func value(_ quantity: Quantity, hour: Double) -> Double { between(values[quantity.rawValue], hour: hour) }

    /// Quality between two hours, in proportion.
    func quality(hour: Double) -> Double { between(quality, hour: hour) }

    private func between(_ series: [Double], hour: Double) -> Double {
        let position = min(max(hour - Double(firstHour), 0), Double(count - 1))
        let index = min(Int(position), count - 2)
        let part = position - Double(index)
        return series[index] + part * (series[index + 1] - series[index])
    }
}
