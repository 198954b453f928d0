// SPDX-License-Identifier: Apache-2.0

/// Counts latencies in classes of equal ratio, so that millions cost no memory.
///
/// A class is 2 % wide: a percentile is known to 2 %.
public struct LatencyHistogram: Sendable {
    /// Classes for one doubling: 2^(1/35) is 1.02.
    private static let classesPerDoubling = 35
    private static let doublings = 40

    private var counts = [Int](repeating: 0, count: classesPerDoubling * doublings)
    /// Number of latencies.
    public private(set) var count = 0

    /// A histogram without latencies.
    public init() {}

    /// Adds a latency.
    mutating func add(nanoseconds: Int) {
        counts[LatencyHistogram.index(of: max(nanoseconds, 1))] += 1
        count += 1
    }

    /// Adds all latencies of another histogram.
    mutating func add(_ other: LatencyHistogram) {
        for index in counts.indices { counts[index] += other.counts[index] }
        count += other.count
    }

    /// The latency in milliseconds that the share `fraction` of all does not exceed; nil if there are none.
    public func milliseconds(fraction: Double) -> Double? {
        guard count > 0 else { return nil }
        let wanted = Int((Double(count) * fraction).rounded(.up))
        var sum = 0
        for (index, number) in counts.enumerated() {
            sum += number
            if sum >= wanted { return LatencyHistogram.nanoseconds(ofClass: index) / 1e6 }
        }
        return nil
    }

    /// Between two powers of two the classes are equally wide, which is near enough and needs no logarithm.
    private static func index(of nanoseconds: Int) -> Int {
        let exponent = Int.bitWidth - 1 - nanoseconds.leadingZeroBitCount
        let base = 1 << exponent
        let fraction = (nanoseconds - base) * classesPerDoubling / base
        return min(exponent * classesPerDoubling + fraction, classesPerDoubling * doublings - 1)
    }

    private static func nanoseconds(ofClass index: Int) -> Double {
        let base = Double(1 << (index / classesPerDoubling))
        return base * (1 + (Double(index % classesPerDoubling) + 0.5) / Double(classesPerDoubling))
    }
}
