// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What a verdict rests on, in numbers: the probability of an event is computed from these.
public struct EventFeatures: Sendable, Hashable {
    /// Natural logarithm of the event's signal to noise over its threshold.
    public var excess: Double
    /// Binary logarithm of the number of frames that show it.
    public var frames: Double
    /// How much better a shape that light through the optics cannot have explains a still spot: the greater of too
    /// sharp and too wide, as a difference of squared signal to noise, limited to ±10. Negative for a good point
    /// spread; 0 for what moves.
    public var misfit: Double
    /// Displacement between the halves of a still spot over its standard error, at most 10; 0 if it cannot be told.
    public var drift: Double
    /// 1 if the picture was flooded with candidates or disturbed meanwhile, otherwise 0.
    public var disturbance: Double

    /// Features from what was measured; what is out of range is moved to the limit.
    public init(
        signalToNoise: Double, threshold: Double, frameCount: Int, misfit: Double = 0, drift: Double = 0,
        isDisturbed: Bool = false
    ) {
        func limited(_ value: Double, _ range: ClosedRange<Double>) -> Double {
            value.isFinite ? min(max(value, range.lowerBound), range.upperBound) : 0
        }
        excess = threshold > 0 && signalToNoise > 0 ? limited(log(signalToNoise / threshold), -1...3) : 0
        frames = log2(Double(max(frameCount, 1)))
        self.misfit = limited(misfit, -10...10)
        self.drift = limited(drift, 0...10)
        disturbance = isDisturbed ? 1 : 0
    }

    /// Number of features.
    public static let count = 5

    /// The features in the order in which a model weighs them.
    public var values: [Double] { [excess, frames, misfit, drift, disturbance] }
}

extension EventFeatures {
    /// Features of a still spot.
    init(_ flash: ClosedFlash) {
        self.init(
            signalToNoise: flash.signalToNoise, threshold: flash.threshold, frameCount: flash.samples.count,
            misfit: max(flash.misfit.sharp, flash.misfit.wide),
            drift: flash.drift.map { $0.error > 0 ? $0.distance / $0.error : 0 } ?? 0,
            isDisturbed: flash.wasDisturbed)
    }

    /// Features of a moving track; its shape and drift say nothing.
    init(_ track: MovingTrack, threshold: Double) {
        self.init(signalToNoise: track.signalToNoise, threshold: threshold, frameCount: track.points.count)
    }
}
