// SPDX-License-Identifier: Apache-2.0

public import UTC

/// A span of time in which a condition holds.
public struct WindInterval: Sendable, Hashable {
    /// Begin and end, between the hours by a straight line.
    public var start: UTCInstant, stop: UTCInstant
    /// Whether it began before the series or goes on after it.
    public var isOpenAtStart: Bool, isOpenAtStop: Bool
    /// Extreme of the first quantity of the condition, and its hour.
    public var peak: Double, peakTime: UTCInstant
    /// Mean of that quantity over the hours within.
    public var mean: Double
    /// Least quality of the hours within, 0…1.
    public var quality: Double
    /// Greatest probability of the hours within, 0…1, by the members of an ensemble; nil if there was none.
    public var probability: Double?
    /// Greatest longitude of the target from the Earth in degrees, without its sign.
    public var angleDegrees: Double

    /// An interval from its parts.
    public init(
        start: UTCInstant, stop: UTCInstant, isOpenAtStart: Bool, isOpenAtStop: Bool, peak: Double,
        peakTime: UTCInstant, mean: Double, quality: Double, probability: Double? = nil, angleDegrees: Double
    ) {
        self.start = start
        self.stop = stop
        self.isOpenAtStart = isOpenAtStart
        self.isOpenAtStop = isOpenAtStop
        self.peak = peak
        self.peakTime = peakTime
        self.mean = mean
        self.quality = quality
        self.probability = probability
        self.angleDegrees = angleDegrees
    }

    /// Length in hours.
    public var hours: Double { stop.seconds(since: start) / 3600 }
}
