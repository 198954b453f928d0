// SPDX-License-Identifier: Apache-2.0

/// How well a detector sees at the moment. A station that could not have seen anything can say so from these.
public struct DetectorStatus: Sendable, Hashable {
    /// Frames processed so far.
    public var framesSeen = 0
    /// True once background and noise are known well enough to decide.
    public var isWarmedUp = false
    /// Signal to noise from which on a single spot is an event.
    public var thresholdSigma = 0.0
    /// Signal to noise from which on a spot is a candidate for linking; it steers itself.
    public var candidateThresholdSigma = 0.0
    /// Signal to noise below which the candidate threshold never falls.
    public var candidateFloorSigma = 0.0
    /// Median over the frame of the pixels' standard deviation, in ADU.
    public var medianNoiseADU = 0.0
    /// Running average of the number of candidates in a frame.
    public var candidatesPerFrame = 0.0
    /// Number of candidates in a frame to which the candidate threshold steers; clear skies give fewer.
    public var candidateGoalPerFrame = 0.0
    /// Share of the pixels that are not looked at, because they are excluded or hot, 0…1.
    public var maskedFraction = 0.0
    /// Width of the matched filter's output on the last frame: 1 for noise that is independent from pixel to pixel,
    /// more for compressed or smoothed video and for clouds.
    public var statisticScale = 1.0
    /// Displacement of the scene in the last frame against the reference, in pixels (columns, rows).
    public var displacement = SIMD2<Double>(0, 0)
    /// False if the last frame was not registered: for a target whose frames are, the scene was not found in it or has too
    /// little structure, and is taken as standing still.
    public var isRegistered = true
    /// Frames set aside because the whole picture changed at once (lightning, exposure, clouds lit up).
    public var disturbedFrames = 0
    /// True while candidates flood the detector or the picture is disturbed: weak events are missed then.
    public var isDegraded = false

    /// What became of the synthetic flashes that the detector tests itself with.
    public var selfTest = SelfTestSummary()
    /// Whether the frames are independent pictures or went through noise reduction, compression or repetition.
    public var stream = StreamQuality()
    /// Why the detector cannot see anything at the moment; nil if it can.
    public var blindness: BlindnessCause?
    /// Time for which it could not, in seconds of the frames' clock.
    public var secondsBlind = 0.0

    /// The status of a detector that has seen nothing yet.
    public init() {}
}
