// SPDX-License-Identifier: Apache-2.0

/// How often events were what they were said to be, for each probability that was given with them.
///
/// - Reference: A. H. Murphy, R. L. Winkler, Applied Statistics 26 (1977) 41.
public struct ReliabilityBins: Sendable, Hashable {
    /// Events whose given probability lies within a tenth.
    public struct Bin: Sendable, Hashable {
        /// Range of the given probability.
        public let range: Range<Double>
        /// Events in it.
        public let count: Int
        /// Events that were what they were said to be.
        public let correct: Int
        /// Mean of the given probabilities.
        public let meanPredicted: Double

        /// Share of the events that were what they were said to be.
        public var observed: Double { Double(correct) / Double(count) }
    }

    /// Bins that hold events, from the lowest probability to the highest.
    public let bins: [Bin]
    /// Mean square of probability minus outcome, 0 (perfect) to 1; nil without events.
    public let brierScore: Double?

    /// Sorts events into ten bins.
    ///
    /// - Parameter events: the given probability, 0…1, and whether the event was what it was said to be.
    public init(_ events: [(probability: Double, isCorrect: Bool)]) {
        bins = (0..<10).compactMap { index in
            let range = Double(index) / 10..<Double(index + 1) / 10
            let inside = events.filter { min(Int($0.probability * 10), 9) == index }
            guard !inside.isEmpty else { return nil }
            return Bin(
                range: range, count: inside.count, correct: inside.count(where: \.isCorrect),
                meanPredicted: inside.reduce(0) { $0 + $1.probability } / Double(inside.count))
        }
        let squares = events.map { event in
            let miss = event.probability - (event.isCorrect ? 1 : 0)
            return miss * miss
        }
        brierScore = squares.isEmpty ? nil : squares.reduce(0, +) / Double(squares.count)
    }
}
