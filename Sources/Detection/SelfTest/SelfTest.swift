// SPDX-License-Identifier: Apache-2.0

import Camera

/// Puts a synthetic flash into a copy of a frame now and then, and looks whether the detector would have found it.
///
/// The flash has a matched-filter signal to noise of 8 for the noise that the detector believes in, lasts one frame
/// and stands at a random place that is not masked. The real frame, the background and every other state of the
/// detector stay untouched.
struct SelfTest {
    private(set) var summary = SelfTestSummary()
    private var generator: SplitMix64
    private let intervalFrames: Int
    private let sigmas: [Double]
    private var nextFrame = 0

    /// Tries to find a place that is not masked; half a frame of masked pixels makes one failure in 2³² of them.
    private static let placeAttempts = 32

    /// - Parameters:
    ///   - intervalFrames: from one test to the next; 0 for no tests.
    ///   - sigmas: widths of the detector's filters, in pixels; each flash has one of them.
    ///   - seed: decides places and widths.
    init(intervalFrames: Int, sigmas: [Double], goal: SelfTestSummary.Goal, seed: UInt64) {
        self.intervalFrames = intervalFrames
        self.sigmas = sigmas
        generator = SplitMix64(seed: seed)
        summary.goal = goal
    }

    /// True if a test should be made with this frame.
    func isDue(frame: Int) -> Bool { intervalFrames > 0 && frame >= nextFrame }

    /// Makes a test with a frame that the detector has searched.
    mutating func run(_ frame: Frame, search: ShadowSearch) {
        schedule(after: frame)
        guard let flash = flash(for: frame, search: search) else {
            summary.note(isRecovered: false)
            return
        }
        summary.note(isRecovered: search.finds(flash, in: flash.added(to: frame)))
    }

    /// Counts a test whose frame the detector could not search: what flashed then is lost.
    mutating func miss(_ frame: Frame) {
        schedule(after: frame)
        summary.note(isRecovered: false)
    }

    private mutating func schedule(after frame: Frame) { nextFrame = frame.index + intervalFrames }

    /// A flash at a random place; nil if hardly any place is left.
    private mutating func flash(for frame: Frame, search: ShadowSearch) -> SyntheticFlash? {
        let background = search.background
        let format = background.format
        let (columns, rows) = search.alignment.whole
        let margin = min(8, min(format.width, format.height) / 2 - 1)
        for _ in 0..<SelfTest.placeAttempts {
            let column = Int.random(in: margin..<(format.width - margin), using: &generator)
            let row = Int.random(in: margin..<(format.height - margin), using: &generator)
            let offset = SIMD2(
                Double.random(in: -0.5..<0.5, using: &generator), Double.random(in: -0.5..<0.5, using: &generator))
            guard background.mask[column, row] == 0, (0..<format.width).contains(column - columns),
                (0..<format.height).contains(row - rows)
            else { continue }
            let sigma = sigmas.randomElement(using: &generator) ?? 1
            return SyntheticFlash(
                signalToNoise: SelfTestSummary.signalToNoise,
                place: SIMD2(Double(column), Double(row)) + offset, sigma: sigma
            ) { x, y in
                let (x, y) = (x - columns, y - rows)
                guard (0..<format.width).contains(x), (0..<format.height).contains(y) else { return nil }
                return Double(background.deviation[x, y])
            }
        }
        return nil
    }
}
