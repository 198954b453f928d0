// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Detection

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The threshold that follows the spots of the noise, with spots drawn from their distribution.
@Suite struct SpotTailTests {
    private static let field = 6.7
    private static let floor = 4.8

    /// The threshold after frames in which spots come at a rate, with squares that fall with a slope.
    private func threshold(
        frames: Int, spotsPerFrame: Double, slope: Double, expected: Double, eventEvery: Int? = nil
    ) -> Double {
        var random = SyntheticFrames.Random(state: 5)
        var tail = SpotTail(field: Self.field, floor: Self.floor, expected: expected)
        for frame in 0..<frames {
            var spots: [Candidate] = []
            func add(_ statistic: Double) {
                let place = SIMD2(random.uniform() * 2000, random.uniform() * 2000)
                spots.append(
                    Candidate(
                        identifier: 0, frame: frame, frames: 1, place: place, placeError: 0.1, statistic: statistic,
                        sigma: 1, flux: 1, fluxError: 1, isSaturated: false))
            }
            var mean = spotsPerFrame
            while random.uniform() < mean {
                add((Self.floor * Self.floor - 2 * slope * log(random.uniform())).squareRoot())
                mean -= 1
            }
            if let eventEvery, frame % eventEvery == eventEvery - 1 { add(30) }
            tail.update(spots, frame: frame, threshold: Self.floor)
        }
        return tail.threshold
    }

    @Test func `Spots of Gaussian noise leave the threshold where theory has it`() {
        #expect(threshold(frames: 4000, spotsPerFrame: 0.1, slope: 1, expected: 0.1) < 1.03 * Self.field)
        #expect(threshold(frames: 50, spotsPerFrame: 0.1, slope: 1, expected: 0.1) < 1.05 * Self.field)
        #expect(abs(threshold(frames: 4000, spotsPerFrame: 0, slope: 1, expected: 0.1) - Self.field) < 1e-9)
    }

    @Test func `A heavier tail raises the threshold to where it is as thin`() {
        let found = threshold(frames: 2000, spotsPerFrame: 0.8, slope: 3, expected: 0.1)
        // exp(-(u² - u₀²) / 6) × 0.8 = exp(-(6.7² - u₀²) / 2) × 0.1
        let half = (Self.field * Self.field - Self.floor * Self.floor) / 2 + log(8.0)
        let wanted = (Self.floor * Self.floor + 6 * half).squareRoot()
        #expect(abs(found / wanted - 1) < 0.12)
    }

    @Test func `Events, however strong, hardly raise the threshold`() {
        let found = threshold(frames: 3000, spotsPerFrame: 0.1, slope: 1, expected: 0.1, eventEvery: 200)
        #expect(found < 1.06 * Self.field)
    }

    @Test func `Sums of independent frames need no wider threshold, sums of dependent ones do`() {
        let shape = LightCurveShape(.box(frames: 8))
        var threshold = FlashThreshold(
            ratePerHour: 1, pixelCount: 640 * 480, framesPerSecond: 30, widths: 0.8...2, seeksSingleFrames: true)
        #expect(threshold.value(for: shape) == threshold.severalFrames)
        threshold.noise = SummedNoise(widths: [1.2, 1.6, 2])
        #expect(abs(threshold.value(for: shape) / threshold.severalFrames - 2) < 1e-6)
        #expect(threshold.value(for: LightCurveShape(.box(frames: 1))) == threshold.singleFrame)
        #expect(abs(threshold.noise.width(frames: 2.0.squareRoot()) - 1.1) < 1e-6)
        #expect(threshold.noise.width(frames: 100) == 2)
        #expect(threshold.noise.relative(to: 1.6).widths == [1, 1, 1.25])
    }
}
