// SPDX-License-Identifier: Apache-2.0

/// Flux at a fixed place of the scene, frame by frame.
struct FlashCurve {
    /// Flux in one frame.
    struct Sample {
        var frame: Int
        /// In ADU above the background, with its standard error from the background's noise.
        var flux: Double
        var error: Double
        var isSaturated: Bool

        /// Matched-filter signal to noise of the frame.
        var score: Double { error > 0 && error.isFinite ? flux / error : 0 }
    }

    /// In time order.
    private(set) var samples: [Sample] = []
    private static let capacity = 4096
    /// A sum that is reached by noise once in four thousand times.
    private static let standsOut = 3.5

    mutating func append(_ sample: Sample) {
        if samples.count < FlashCurve.capacity { samples.append(sample) }
    }

    /// Matched-filter signal to noise of each sample.
    var scores: [Double] { samples.map(\.score) }

    /// Summed score of the last `count` samples over √count.
    func recentScore(_ count: Int) -> Double { FlashCurve.sum(samples.suffix(count)) }

    /// A run of positions widened by what still stands out: single frames, and blocks of eight for faint light that goes
    /// on for longer than any shape.
    func widened(_ run: ClosedRange<Int>) -> ClosedRange<Int> {
        let faintest = max(FlashCurve.standsOut, 0.03 * (samples[run].map(\.score).max() ?? 0))
        let block = 8
        var first = run.lowerBound
        var last = run.upperBound
        while first > 0, samples[first - 1].score > faintest { first -= 1 }
        while last + 1 < samples.count, samples[last + 1].score > faintest { last += 1 }
        while first >= block, FlashCurve.sum(samples[(first - block)..<first]) > faintest { first -= block }
        while last + block < samples.count, FlashCurve.sum(samples[(last + 1)...(last + block)]) > faintest {
            last += block
        }
        return first...last
    }

    /// Root mean square of the scores before a position, at least 1; without the two next to it. What flickers anyway
    /// must flare up all the more.
    func scatter(before position: Int) -> Double {
        let earlier = samples.prefix(max(position - 2, 0)).suffix(64)
        guard earlier.count >= 6 else { return 1 }
        let count = Double(earlier.count)
        let square = earlier.reduce(0) { $0 + $1.score * $1.score } / count
        // A mean square of n scores errs by √(2 / n).
        return max(1, square * (1 - (2 / count).squareRoot())).squareRoot()
    }

    /// Σ score / √n.
    private static func sum(_ part: ArraySlice<Sample>) -> Double {
        part.isEmpty ? 0 : part.reduce(0) { $0 + $1.score } / Double(part.count).squareRoot()
    }
}
