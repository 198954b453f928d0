// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The standard normal distribution.
public enum NormalDistribution {
    /// Φ(x), the probability of a number below x; exact in the lower tail too.
    public static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x * 0.5.squareRoot()) }

    /// φ(x) = exp(-x²/2) / √(2π).
    public static func density(_ x: Double) -> Double { exp(-0.5 * x * x) / (2 * Double.pi).squareRoot() }

    /// The x above which lies a probability, 0 < p < 1; by bisection in -40…40.
    public static func upperQuantile(_ probability: Double) -> Double {
        var low = -40.0
        var high = 40.0
        while high - low > 1e-10 {
            let middle = 0.5 * (low + high)
            if cumulative(-middle) > probability { low = middle } else { high = middle }
        }
        return 0.5 * (low + high)
    }
}
