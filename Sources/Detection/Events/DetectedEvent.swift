// SPDX-License-Identifier: Apache-2.0

import Camera

/// Something that happened in the frames: where, when, how bright, and what it is taken for.
public struct DetectedEvent: Sendable, Hashable {
    /// What the event is taken for.
    public var kind: EventKind
    /// True if the event is what the station looks for, so that it should be sent.
    public var isAlert: Bool

    /// Number of the first frame that shows the event, as `Frame.index` counts.
    public var frameFirst: Int
    /// Number of the brightest frame.
    public var framePeak: Int
    /// Time of the brightest moment as a frame number, whole numbers being the middles of exposures: from the light
    /// curve that was fitted to a still flash; nil for others.
    public var framePeakFitted: Double?
    /// Number of the last frame that shows the event.
    public var frameLast: Int
    /// Time of the first frame; nil if frames have no times.
    public var timeStart: FrameTime?
    /// Time of the brightest frame; nil if frames have no times.
    public var timePeak: FrameTime?
    /// Time of the last frame; nil if frames have no times.
    public var timeEnd: FrameTime?

    /// Column in the brightest frame, in pixels; the centre of the first pixel is 0.
    public var x: Double
    /// Row in the brightest frame, in pixels; the centre of the first pixel is 0.
    public var y: Double
    /// Place and flux in every frame from the first to the last in which they could be measured, in time order.
    public var track: [TrackPoint]

    /// Matched-filter signal to noise ρ of the whole event, all its frames together.
    public var signalToNoise: Double
    /// Sum of the flux over all frames above the background, in ADU (frames' own units).
    public var fluxADU: Double
    /// Standard error of `fluxADU` from the noise of the background.
    public var fluxErrorADU: Double
    /// From the start of the first frame to the end of the last, in seconds; nil if the frame rate is unknown.
    public var durationSeconds: Double?
    /// Background at the place of the event, in ADU per pixel.
    public var backgroundADU: Double
    /// Standard deviation of the background there, in ADU.
    public var noiseADU: Double
    /// True if a pixel of the event reached the top of the sample's range: the flux is a lower limit then.
    public var saturated: Bool
    /// Threshold for the matched-filter signal to noise when the event was found.
    public var thresholdSigma: Double
    /// Standard deviation of the Gaussian point spread that fits best, in pixels.
    public var pointSpreadSigmaPixels: Double
    /// Expected number an hour of peaks of pure noise as significant as this event.
    public var falseAlarmsPerHour: Double
    /// Probability that the event is what `kind` says, 0…1, see `ProbabilityCalibration`.
    public var probability: Double
    /// What the probability was computed from; nil if it came from elsewhere.
    public var features: EventFeatures?
    /// Arguments for the kind, the most important first.
    public var reasons: [Reason]
}
