// SPDX-License-Identifier: Apache-2.0

/// Flux at a fixed place of the scene, frame by frame.
struct FlashCurve {
    /// Flux in one frame.
    struct Sample {
        var frame: Int
        var flux: Double
        var error: Double
        var isSaturated: Bool

        var score: Double { error > 0 && error.isFinite ? flux / error : 0 }
    }

    /// In time order.
    private(set) var samples: [Sample] = []
    private static let capacity = 4096

    mutating func append(_ sample: Sample) {
        if samples.count < FlashCurve.capacity { samples.append(sample) }
    }

    /// Summed score of the last `count` samples over √count.
    func recentScore(_ count: Int) -> Double {
        let last = samples.suffix(count)
        guard !last.isEmpty else { return 0 }
        return last.reduce(0) { $0 + $1.score } / Double(last.count).squareRoot()
    }

    /// Positions of the run of frames that stands out most: the greatest Σ score / √n of all runs of at most `longest` frames,
    /// widened by neighbours that still stand out.
    func brightestRun(longest: Int) -> ClosedRange<Int>? {
        guard !samples.isEmpty else { return nil }
        var sums = [0.0]
        for sample in samples { sums.append((sums.last ?? 0) + sample.score) }
        var best: (score: Double, run: ClosedRange<Int>)?
        for first in samples.indices {
            for last in first..<min(first + longest, samples.count) {
                let score = (sums[last + 1] - sums[first]) / Double(last - first + 1).squareRoot()
                if score > best?.score ?? 0 { best = (score, first...last) }
            }
        }
        guard let run = best?.run else { return nil }
        let peak = samples[run].map(\.score).max() ?? 0
        let standsOut = max(2.5, 0.03 * peak)
        var first = run.lowerBound
        var last = run.upperBound
        while first > 0, samples[first - 1].score > standsOut { first -= 1 }
        while last + 1 < samples.count, samples[last + 1].score > standsOut { last += 1 }
        return first...last
    }

    /// Matched-filter signal to noise of a run, for the light curve that the run itself shows.
    ///
    /// The sum of the squared scores would count noise as light, one a frame; that is taken off. The plain sum over
    /// the run is a lower limit.
    ///
    /// Both are divided by the scatter of the scores before the run where that is more than 1: what flickers anyway
    /// must flare up all the more.
    func signalToNoise(_ run: ClosedRange<Int>) -> Double {
        let unrest = scatter(before: run.lowerBound)
        let scores = samples[run].map { $0.score / unrest }
        let square = scores.reduce(0) { $0 + $1 * $1 } - Double(scores.count)
        let plain = scores.reduce(0, +) / Double(scores.count).squareRoot()
        return max(square > 0 ? square.squareRoot() : 0, plain)
    }

    /// Root mean square of the scores before a position, at least 1; without the two next to it.
    func scatter(before position: Int) -> Double {
        let earlier = samples.prefix(max(position - 2, 0)).suffix(64)
        guard earlier.count >= 6 else { return 1 }
        let count = Double(earlier.count)
        let square = earlier.reduce(0) { $0 + $1.score * $1.score } / count
        // A mean square of n scores errs by √(2 / n).
        return max(1, square * (1 - (2 / count).squareRoot())).squareRoot()
    }
}
