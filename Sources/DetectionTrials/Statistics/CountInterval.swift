// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What a count says about the rate or the share behind it.
public enum CountInterval {
    /// Greatest mean of a Poisson process that gives `count` events or fewer with a probability of 5 %: 3.00 for none.
    public static func poissonUpperLimit(count: Int) -> Double {
        func probabilityOfAtMost(_ mean: Double) -> Double {
            var term = exp(-mean)
            var sum = term
            for number in stride(from: 1, through: count, by: 1) {
                term *= mean / Double(number)
                sum += term
            }
            return sum
        }
        // Far above a count of hundreds the exponential underflows; the normal form is good to a part in a thousand there.
        if count > 400 { return Double(count) + 1.645 * Double(count).squareRoot() + 1.2 }
        var low = Double(count)
        var high = Double(count) + 5 * Double(count + 1).squareRoot() + 5
        while high - low > 1e-9 * high {
            let middle = 0.5 * (low + high)
            if probabilityOfAtMost(middle) > 0.05 { low = middle } else { high = middle }
        }
        return 0.5 * (low + high)
    }

    /// Interval of one standard deviation for a share: `found` of `count`.
    ///
    /// - Reference: E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209.
    public static func wilson(found: Int, count: Int) -> ClosedRange<Double> {
        guard count > 0 else { return 0...1 }
        let number = Double(count)
        let share = Double(found) / number
        let centre = (share + 0.5 / number) / (1 + 1 / number)
        let half = (share * (1 - share) / number + 0.25 / (number * number)).squareRoot() / (1 + 1 / number)
        return max(0, centre - half)...min(1, centre + half)
    }
}
