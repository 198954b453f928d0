// SPDX-License-Identifier: Apache-2.0

import Camera
import DetectionTrials
import Foundation
import Testing

/// The statistics that figures of completeness and false alarms rest on.
@Suite struct TrialsStatisticsTests {
    @Test(arguments: [
        (640, 480, 60.0, 6.65, 6.84, 6.72), (1280, 720, 25, 6.68, 6.87, 6.75), (1920, 1080, 30, 6.82, 7.02, 6.90),
    ])
    func `Thresholds for one false alarm an hour are those of the literature`(
        _ width: Int, _ height: Int, _ rate: Double, _ independent: Double, _ field: Double, _ wideField: Double
    ) {
        let threshold = NoiseThreshold(pixelCount: width * height, framesPerSecond: rate)
        #expect(abs(threshold.independent - independent) < 0.006)
        #expect(abs(threshold.field(sigmaPixels: 1) - field) < 0.006)
        #expect(abs(threshold.field(sigmaPixels: 1.5) - wideField) < 0.006)
    }

    @Test func `The fit finds the curve that events were drawn from, within its own error`() throws {
        var random = Xoshiro256(seed: 4)
        var misses: [Double] = []
        for _ in 0..<40 {
            let trials = (0..<300).map { _ -> (signalToNoise: Double, isFound: Bool) in
                let ratio = random.uniform(4, 12)
                return (ratio, random.uniform() < NormalDistribution.cumulative((ratio - 7) / 1.3))
            }
            let fit = try #require(CompletenessFit(trials))
            #expect(abs(fit.width - 1.3) < 0.6)
            #expect(abs(fit.share(signalToNoise: fit.ninetyPercent) - 0.9) < 1e-5)
            misses.append((fit.half - 7) / fit.halfError)
        }
        let spread = (misses.reduce(0) { $0 + $1 * $1 } / 40).squareRoot()
        #expect(spread > 0.7 && spread < 1.35)
    }

    @Test func `Where nothing can be fitted there is no fit`() {
        let all = (0..<20).map { (signalToNoise: Double($0), isFound: true) }
        let backwards = (0..<20).map { (signalToNoise: Double($0), isFound: $0 < 10 || $0 == 15) }
        #expect(CompletenessFit(all) == nil)
        #expect(CompletenessFit([]) == nil)
        #expect(CompletenessFit(backwards) == nil)
    }

    @Test(arguments: [(0, 2.996), (1, 4.744), (2, 6.296), (10, 16.962)])
    func `Upper limits of counts are those of Poisson`(_ count: Int, _ limit: Double) {
        #expect(abs(CountInterval.poissonUpperLimit(count: count) - limit) < 0.001)
    }

    @Test func `Limits of large counts go on smoothly`() {
        let (before, after) = (CountInterval.poissonUpperLimit(count: 400), CountInterval.poissonUpperLimit(count: 401))
        #expect(after > before && after < before + 3)
        #expect(CountInterval.wilson(found: 0, count: 10).lowerBound == 0)
        #expect(CountInterval.wilson(found: 10, count: 10).upperBound > 1 - 1e-12)
        #expect(CountInterval.wilson(found: 0, count: 0) == 0...1)
    }

    @Test func `A promise that is kept has a slope of one and foretells stricter ones`() throws {
        var random = Xoshiro256(seed: 8)
        let rates = (0..<4000).map { _ in 3600 * exp(-random.exponential()) }
        let tail = TailFit(ratesPerHour: rates + [5000], promisedPerHour: 3600, hours: 2)
        #expect(tail.count == 4000)
        let slope = try #require(tail.slope)
        #expect(abs(slope - 1) < 0.06)
        let above = Double(rates.count { $0 <= 400 }) / 2
        let foretold = try #require(tail.ratePerHour(promised: 400))
        #expect(abs(foretold / above - 1) < 0.2)
        #expect(tail.upperLimitPerHour(promised: 400) > foretold)
    }

    @Test func `A fat tail has a small slope, however rare noise makes the like`() throws {
        let tail = TailFit(ratesPerHour: [1e-80, 0, 1e-9, 100, 2000], promisedPerHour: 3600, hours: 1)
        let slope = try #require(tail.slope)
        #expect(slope > 0.01 && slope < 0.1)
        #expect(try #require(tail.ratePerHour(promised: 1)) > 2)
    }

    @Test func `An empty tail gives the Poisson limit and a cautious slope`() {
        let tail = TailFit(ratesPerHour: [4000], promisedPerHour: 3600, hours: 0.5)
        #expect(tail.count == 0 && tail.slope == nil && tail.ratePerHour(promised: 1) == nil)
        #expect(abs(tail.upperLimitPerHour(promised: 3600) - 5.991) < 0.001)
        // (1 / 3600)^½
        #expect(abs(tail.upperLimitPerHour(promised: 1) - 5.991 / 60) < 0.001)
    }

    @Test func `Reliability sorts events by tenths of their probability`() throws {
        let reliability = ReliabilityDiagram([
            .init(probability: 0.95, isTrue: true), .init(probability: 1, isTrue: true),
            .init(probability: 0.91, isTrue: false), .init(probability: 0.05, isTrue: false),
        ])
        #expect(reliability.bins.map(\.count) == [1, 3])
        let high = try #require(reliability.bins.last)
        #expect(high.trueCount == 2 && abs(high.predicted - 0.953_333) < 1e-5)
        // The squares of the misses are 0.0025, 0, 0.8281 and 0.0025.
        let score = try #require(reliability.brierScore)
        #expect(abs(score - 0.208_275) < 1e-12)
        #expect(ReliabilityDiagram([]).brierScore == nil)
    }
}
