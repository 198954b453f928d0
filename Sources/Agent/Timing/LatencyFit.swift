// SPDX-License-Identifier: Apache-2.0

import UTC

/// By how much a camera's stamps are late, from how much of a blinking light each of its frames has caught.
///
/// Given: the light in each frame, the stretches in which the light was on, about how long an exposure is.
///
/// Returned: the latency L and exposure e for which the light in the frames agrees best with the share of the exposure
/// t - L ± e/2 in which the lamp was on.
///
/// Notes:
/// 1. The share is exact for a lamp that is on or off and pixels that are linear: the difference of the lamp's
///    cumulative time at both ends of the exposure, over the exposure. For each L and e the levels of a dark and a lit
///    frame follow from linear regression; L and e are searched, on a grid first and then by golden sections in turn.
/// 2. Lit and dark edges pull the exposure in opposite directions, so that an error of e does not move L.
/// 3. A frame in which the lamp went on or off tells the latency by itself; the scatter of these, less what the noise
///    of the pixels explains, is the jitter of single stamps.
struct LatencyFit: Sendable, Hashable {
    /// Seconds by which the stamps are late.
    private(set) var latencySeconds: Double
    /// Standard error of the latency in seconds.
    private(set) var standardErrorSeconds = 0.0
    /// Standard deviation of single stamps in seconds.
    private(set) var jitterSeconds = 0.0
    /// Exposure in seconds that explains the frames best.
    private(set) var exposureSeconds: Double
    /// Frames in which the lamp went on or off.
    private(set) var edgeCount = 0

    /// Edges that are needed: the standard error of so many is itself known within a fifth.
    static let leastEdges = 20
    /// Share of the light's changes that must be explained.
    private static let leastAgreement = 0.8
    /// An edge this far from the others, in standard deviations, is a frame that was late by itself.
    private static let outlier = 4.0

    /// Fits latency and exposure.
    ///
    /// - Parameters:
    ///   - frameIntervalSeconds: between frames.
    ///   - exposureSeconds: of a frame, as the camera says; nil if it does not.
    ///   - greatestLatencySeconds: that is looked for.
    /// - Throws: `TimingError.Code.noAgreement`.
    init(
        samples: [LightSample], pulses: [LightPulse], frameIntervalSeconds: Double, exposureSeconds: Double?,
        greatestLatencySeconds: Double
    ) throws(TimingError) {
        guard let first = pulses.first, samples.count > 2 * Self.leastEdges else {
            throw .noAgreement("only \(samples.count) frames came")
        }
        let data = Data(samples: samples, lamp: LampTime(pulses, origin: first.on), origin: first.on)
        let guess = min(exposureSeconds ?? frameIntervalSeconds / 2, frameIntervalSeconds)
        self.exposureSeconds = guess
        let step = max(guess / 4, frameIntervalSeconds / 400)
        latencySeconds =
            stride(from: -frameIntervalSeconds, through: greatestLatencySeconds, by: step).min {
                data.misfit($0, guess) < data.misfit($1, guess)
            } ?? 0
        for _ in 0..<4 {
            latencySeconds = Self.minimum(latencySeconds - step...latencySeconds + step) { [self] in
                data.misfit($0, self.exposureSeconds)
            }
            self.exposureSeconds = Self.minimum(0.2 * guess...min(3 * guess, frameIntervalSeconds)) { [self] in
                data.misfit(latencySeconds, $0)
            }
        }
        let agreement = 1 - data.misfit(latencySeconds, self.exposureSeconds) / data.variation
        guard agreement >= Self.leastAgreement else {
            throw .noAgreement("the light explains \(max(0, Int(100 * agreement))) % of their changes")
        }
        try measureErrors(data)
    }

    private mutating func measureErrors(_ data: Data) throws(TimingError) {
        let (edges, photometricError) = data.edges(latencySeconds, exposureSeconds)
        // The middle half, scaled to a standard deviation, does not mind outliers.
        let sorted = edges.map(abs).sorted()
        let usual = sorted.isEmpty ? 0 : sorted[sorted.count / 2] / 0.6745
        let kept = edges.filter { abs($0) <= Self.outlier * max(usual, 1e-9) }
        edgeCount = kept.count
        guard edgeCount >= Self.leastEdges else {
            throw .noAgreement("only \(edgeCount) frames caught the light going on or off")
        }
        let variance = kept.reduce(0) { $0 + $1 * $1 } / Double(edgeCount)
        standardErrorSeconds = (variance / Double(edgeCount)).squareRoot()
        jitterSeconds = max(0, variance - photometricError * photometricError).squareRoot()
    }

    /// Golden section: where a function with one minimum in a range has it.
    private static func minimum(_ range: ClosedRange<Double>, _ function: (Double) -> Double) -> Double {
        let ratio = (5.0.squareRoot() - 1) / 2
        var (low, high) = (range.lowerBound, range.upperBound)
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
        var (leftValue, rightValue) = (function(left), function(right))
        for _ in 0..<30 {
            if leftValue < rightValue {
                (high, right, rightValue) = (right, left, leftValue)
                left = high - ratio * (high - low)
                leftValue = function(left)
            } else {
                (low, left, leftValue) = (left, right, rightValue)
                right = low + ratio * (high - low)
                rightValue = function(right)
            }
        }
        return (low + high) / 2
    }
}

extension LatencyFit {
    /// Frames and lamp on one scale of seconds.
    private struct Data {
        let times: [Double]
        let lights: [Double]
        let lamp: LampTime
        let mean: Double
        /// Sum of the squares of the lights about their mean.
        let variation: Double

        init(samples: [LightSample], lamp: LampTime, origin: UTCInstant) {
            let mean = samples.reduce(0) { $0 + $1.light } / Double(samples.count)
            times = samples.map { $0.time.seconds(since: origin) }
            lights = samples.map(\.light)
            self.lamp = lamp
            self.mean = mean
            variation = samples.reduce(0) { $0 + ($1.light - mean) * ($1.light - mean) }
        }

        /// Levels of a dark and a lit frame that fit best, and the squares that are left.
        func levels(_ latency: Double, _ exposure: Double) -> (dark: Double, contrast: Double, misfit: Double) {
            var (sum, squares, products) = (0.0, 0.0, 0.0)
            for (time, light) in zip(times, lights) {
                let share = lamp.share(middle: time - latency, exposure: exposure)
                sum += share
                squares += share * share
                products += share * (light - mean)
            }
            let count = Double(times.count)
            let spread = squares - sum * sum / count
            guard spread > 1e-9 else { return (mean, 0, variation) }
            let contrast = products / spread
            // A lamp makes a frame brighter, never darker.
            guard contrast > 0 else { return (mean, 0, variation) }
            return (mean - contrast * sum / count, contrast, variation - contrast * products)
        }

        func misfit(_ latency: Double, _ exposure: Double) -> Double { levels(latency, exposure).misfit }

        /// How far single edges are from the latency, in seconds, and the error of one that the noise of the pixels
        /// explains.
        func edges(_ latency: Double, _ exposure: Double) -> (deviations: [Double], photometricError: Double) {
            let (dark, contrast, _) = levels(latency, exposure)
            var deviations: [Double] = []
            var noise = 0.0
            var plainCount = 0
            for (time, light) in zip(times, lights) {
                let middle = time - latency
                let difference = light - dark - contrast * lamp.share(middle: middle, exposure: exposure)
                let start = lamp.isOn(middle - exposure / 2)
                let end = lamp.isOn(middle + exposure / 2)
                if start == end {
                    noise += difference * difference
                    plainCount += 1
                } else {
                    // A later exposure has more of a lamp that goes on, and less of one that goes off.
                    deviations.append((end ? -1 : 1) * difference * exposure / contrast)
                }
            }
            let error = plainCount > 0 ? (noise / Double(plainCount)).squareRoot() * exposure / contrast : 0
            return (deviations, error)
        }
    }
}
