// SPDX-License-Identifier: Apache-2.0

/// Counts of small whole numbers, for the width of their distribution without sorting.
struct ScoreHistogram {
    private static let reach = 2048
    private var counts = [Int32](repeating: 0, count: 2 * reach)
    /// Numbers counted.
    private(set) var count = 0

    /// Forgets all numbers.
    mutating func clear() {
        counts.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        count = 0
    }

    /// Counts every `step`-th number of a row; those beyond ±2047 count as that.
    mutating func add(_ values: UnsafePointer<Int16>, first: Int, step: Int, count width: Int) {
        var added = 0
        counts.withUnsafeMutableBufferPointer { counts in
            for x in stride(from: first, to: width, by: step) {
                let value = min(max(Int(values[x]), 1 - ScoreHistogram.reach), ScoreHistogram.reach - 1)
                counts[value + ScoreHistogram.reach] += 1
                added += 1
            }
        }
        count += added
    }

    /// Standard deviation of a normal distribution with the same quartiles; 0 for fewer than four numbers.
    var sigma: Float {
        guard count >= 4 else { return 0 }
        // The distance of the quartiles of a normal distribution is 2 × 0.6745 standard deviations.
        return (quantile(0.75) - quantile(0.25)) / 1.349
    }

    /// The number below which a share of the numbers lies, with the counts spread evenly over their unit.
    private func quantile(_ share: Float) -> Float {
        let wanted = share * Float(count)
        var below: Float = 0
        for (index, number) in counts.enumerated() where number > 0 {
            if below + Float(number) >= wanted {
                return Float(index - ScoreHistogram.reach) - 0.5 + (wanted - below) / Float(number)
            }
            below += Float(number)
        }
        return 0
    }
}
