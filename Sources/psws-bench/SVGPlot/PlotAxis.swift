// SPDX-License-Identifier: Apache-2.0

import Glibc

/// An axis of a plot.
struct PlotAxis {
    /// What it shows, with its unit.
    let title: String
    /// From its first to its last value; above 0 if logarithmic.
    let range: ClosedRange<Double>
    /// True if every factor of ten is equally long.
    var isLogarithmic = false

    /// Place of a value along the axis: 0 at its start, 1 at its end.
    func fraction(_ value: Double) -> Double {
        let (low, high) = (position(range.lowerBound), position(range.upperBound))
        // What a logarithm does not know lies below the axis.
        let bounded = isLogarithmic ? max(value, 1e-3 * range.lowerBound) : value
        return (position(bounded) - low) / (high - low)
    }

    /// Values that are marked: whole powers of ten, or about six steps of 1, 2 or 5 times a power of ten.
    var ticks: [Double] {
        if isLogarithmic {
            let powers = Int(log10(range.lowerBound).rounded(.up))...Int(log10(range.upperBound).rounded(.down))
            return powers.map { pow(10, Double($0)) }
        }
        let rough = (range.upperBound - range.lowerBound) / 6
        let power = pow(10, log10(rough).rounded(.down))
        let step = power * ([1.0, 2, 5].first { $0 * power >= 0.999 * rough } ?? 10)
        let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
        let last = Int((range.upperBound / step + 1e-9).rounded(.down))
        return (first...max(first, last)).map { Double($0) * step }
    }

    /// A marked value in words.
    func label(of tick: Double) -> String {
        if isLogarithmic, tick < 1e-3 || tick > 9999 { return "10" + PlotAxis.superscript(Int(log10(tick).rounded())) }
        let rounded = (tick * 1e6).rounded() / 1e6
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }

    private func position(_ value: Double) -> Double { isLogarithmic ? log10(value) : value }

    private static func superscript(_ number: Int) -> String {
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        return String("\(number)".map { $0.wholeNumberValue.map { digits[$0] } ?? "⁻" })
    }
}
