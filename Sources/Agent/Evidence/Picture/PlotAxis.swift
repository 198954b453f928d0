// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#endif

/// A linear scale from numbers to pixels, with marks at round numbers.
struct PlotAxis {
    let lowest: Double
    let highest: Double
    private let start: Int
    private let end: Int

    /// A scale that shows `lowest` at pixel `start` and `highest` at pixel `end`; a range of no width is widened.
    init(from lowest: Double, to highest: Double, start: Int, end: Int) {
        let isUsable = lowest.isFinite && highest.isFinite && highest > lowest
        self.lowest = isUsable ? lowest : (lowest.isFinite ? lowest - 1 : 0)
        self.highest = isUsable ? highest : (lowest.isFinite ? lowest + 1 : 1)
        self.start = start
        self.end = end
    }

    /// The pixel of a number; numbers off the scale give pixels off the scale, within bounds.
    func pixel(_ value: Double) -> Int {
        let share = ((value - lowest) / (highest - lowest)).clamped(to: -10...10)
        return start + Int((share * Double(end - start)).rounded())
    }

    /// Round numbers on the scale with their labels, at most about `count`.
    func marks(count: Int) -> [(value: Double, label: String)] {
        let rough = (highest - lowest) / Double(max(count, 1))
        let magnitude = pow(10, log10(rough).rounded(.down))
        let step = ([1, 2, 5].map { $0 * magnitude }.first { $0 >= rough }) ?? 10 * magnitude
        let decimals = max(0, Int((-log10(step) + 1e-9).rounded(.up)))
        let first = (lowest / step).rounded(.up)
        let last = (highest / step).rounded(.down)
        guard first.isFinite, last.isFinite, last - first < 1000, last >= first else { return [] }
        return (0...Int(last - first)).map {
            let value = (first + Double($0)) * step
            return (value, DecimalText.fixed(value, decimals: decimals))
        }
    }
}
