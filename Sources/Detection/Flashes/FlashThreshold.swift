// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What the signal to noise of a whole flash must reach, so that pure noise gives no more false alarms than wanted.
///
/// The statistic is a maximum over places, widths of the point spread and light curves. A small part of the false alarms
/// is granted to flashes of one frame and the rest to all longer ones, which have many more ways to arise from noise: a
/// Bonferroni correction with a prior. Of the peaks of a single frame most do not have the shape of light and are told
/// from it (`FlashClassifier.isSharp`); what is granted is what remains.
struct FlashThreshold: Hashable {
    /// For flashes of one frame and of several, in standard deviations.
    var singleFrame: Double
    var severalFrames: Double
    /// Noise of sums over several frames at the flash's place.
    var noise = SummedNoise.white

    private let pixelCount: Int
    private let framesPerSecond: Double
    private let widths: ClosedRange<Double>
    private let seeksSingleFrames: Bool

    /// The thresholds for a frame size and rate.
    ///
    /// - Parameters:
    ///   - ratePerHour: false alarms of pure noise an hour.
    ///   - widths: standard deviations that the point spread may have, in pixels.
    ///   - seeksSingleFrames: false if flashes of one frame are no alerts, so that all false alarms may be longer.
    init(
        ratePerHour: Double, pixelCount: Int, framesPerSecond: Double, widths: ClosedRange<Double>,
        seeksSingleFrames: Bool
    ) {
        self.pixelCount = pixelCount
        self.framesPerSecond = framesPerSecond
        self.widths = widths
        self.seeksSingleFrames = seeksSingleFrames
        func solve(isSingleFrame: Bool) -> Double {
            let share = FlashThreshold.share(isSingleFrame: isSingleFrame, seeksSingleFrames: seeksSingleFrames)
            var threshold = 7.0
            // The number of trials changes slowly with the threshold: a few rounds suffice.
            for _ in 0..<8 {
                threshold = FalseAlarm.threshold(
                    ratePerHour: share * ratePerHour, pixelCount: pixelCount, framesPerSecond: framesPerSecond,
                    filters: FlashThreshold.filters(widths, threshold: threshold, isSingleFrame: isSingleFrame))
            }
            return threshold
        }
        singleFrame = solve(isSingleFrame: true)
        severalFrames = solve(isSingleFrame: false)
    }

    /// The thresholds of a detector with this configuration for a rate of false alarms.
    ///
    /// - Parameter pixelCount: of the frames that are searched.
    init(_ configuration: DetectorConfiguration, ratePerHour: Double, pixelCount: Int) {
        self.init(
            ratePerHour: ratePerHour, pixelCount: pixelCount, framesPerSecond: configuration.framesPerSecond,
            widths: configuration.possibleSigmas,
            seeksSingleFrames: configuration.minimumFlashSeconds * configuration.framesPerSecond <= 1)
    }

    /// False alarms of pure noise an hour, of all flashes, if the thresholds were so low that a flash of this signal to
    /// noise just passed; the inverse of the thresholds.
    func falseAlarmsPerHour(_ signalToNoise: Double, isSingleFrame: Bool) -> Double {
        let threshold = max(signalToNoise, 3)
        let rate = FalseAlarm.ratePerHour(
            threshold: threshold, pixelCount: pixelCount, framesPerSecond: framesPerSecond,
            filters: FlashThreshold.filters(widths, threshold: threshold, isSingleFrame: isSingleFrame))
        return rate / FlashThreshold.share(isSingleFrame: isSingleFrame, seeksSingleFrames: seeksSingleFrames)
    }

    /// The threshold for a flash.
    func value(isSingleFrame: Bool) -> Double { isSingleFrame ? singleFrame : severalFrames }

    /// What the signal to noise of a light curve in white noise must reach where the noise of sums is wider.
    func value(for shape: LightCurveShape) -> Double {
        value(isSingleFrame: shape.light.count == 1) * noise.width(shape)
    }

    /// The lower of the two.
    var lowest: Double { min(singleFrame, severalFrames) }

    /// The same, higher by a number of standard deviations.
    func raised(by sigmas: Double) -> FlashThreshold {
        var result = self
        result.singleFrame += sigmas
        result.severalFrames += sigmas
        return result
    }

    /// The factor by which the uncertainty of the noise raises a threshold.
    ///
    /// With a relative error ε of the standard deviation the statistic is t (1 + ε n), n normal, and noise exceeds a
    /// threshold as often as without it if the threshold is higher by a factor of 1 + ε² τ² / 2. A mean absolute
    /// deviation of n samples errs by 0.756 / √n; under a point spread 4π s² pixels are averaged.
    ///
    /// - Parameters:
    ///   - framesLearnt: by the background.
    ///   - sigma: of the point spread, in pixels.
    static func widening(framesLearnt: Int, sigma: Double, threshold: Double) -> Double {
        let samples = Double(min(max(framesLearnt, 1), 256))
        let pixels = max(4 * .pi * sigma * sigma, 1)
        let error = 0.756 / (samples * pixels).squareRoot()
        return 1 + error * error * threshold * threshold / 2
    }

    /// Share of the false alarms that flashes of one frame may make, if they are looked for.
    private static let singleFrameShare = 0.15
    /// Peaks of pure noise in one frame that have the shape of light, of all such peaks: measured, one in six to ten.
    private static let lightLike = 1.0 / 6

    /// Share of the false alarms that peaks of a kind may make, before their shape is looked at.
    private static func share(isSingleFrame: Bool, seeksSingleFrames: Bool) -> Double {
        if isSingleFrame { return singleFrameShare / lightLike }
        return seeksSingleFrames ? 1 - singleFrameShare : 1
    }

    /// Peaks in place and width as those of filters of fixed widths.
    ///
    /// Along the logarithm of the width the statistic is a random process of unit speed: two widths correlate by
    /// 1 / cosh Δ. Its maxima are those at both ends, half each, and τ / √(2π) per unit in between.
    ///
    /// Reference: Siegmund, D. O., Worsley, K. J. (1995), "Testing for a signal with unknown location and scale in a
    /// stationary Gaussian random field", Ann. Statist. 23, 608; leading terms.
    private static func filters(
        _ widths: ClosedRange<Double>, threshold: Double, isSingleFrame: Bool
    ) -> [FalseAlarm.Filter] {
        let trials = isSingleFrame ? 1 : LightCurveFamily.trialsPerFrame(threshold: threshold)
        let steps = 8
        let length = log(widths.upperBound / widths.lowerBound)
        let share = trials * threshold / (2 * .pi).squareRoot() * length / Double(steps)
        let between = (0..<steps).map { step in
            FalseAlarm.Filter(
                sigma: widths.lowerBound * exp(length * (Double(step) + 0.5) / Double(steps)),
                evaluationsPerFrame: share)
        }
        let ends = [widths.lowerBound, widths.upperBound].map {
            FalseAlarm.Filter(sigma: $0, evaluationsPerFrame: 0.5 * trials)
        }
        return between + ends
    }
}
