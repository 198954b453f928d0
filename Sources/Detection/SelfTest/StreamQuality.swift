// SPDX-License-Identifier: Apache-2.0

/// What the statistics of successive frames say of the way on which they came: detection is at its limit only if the
/// noise of every pixel of every frame is independent of all others.
public struct StreamQuality: Sendable, Hashable {
    /// What the frames are taken for.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// Too few frames so far.
        case unknown
        /// The noise is independent from frame to frame.
        case independent
        /// Each frame holds something of those before: a temporal noise filter in the camera.
        case smoothed
        /// The noise has the marks of lossy video compression: blocks, or neighbours in space and time that agree.
        case compressed
        /// Frames come more than once.
        case duplicatedFrames = "duplicated_frames"
    }

    /// What the frames are taken for.
    public var verdict = Verdict.unknown
    /// Frames looked at so far.
    public var framesSeen = 0
    /// Frames among them whose noise could be measured.
    public var framesMeasured = 0
    /// Correlation of a pixel's noise with its noise in the frame before, -1…1. White noise gives 0; a recursive
    /// filter that keeps the share k of the old picture gives k.
    public var temporalCorrelation = 0.0
    /// Correlation of the noise of neighbouring pixels of a row, -1…1. White noise gives 0; interpolated colours,
    /// scaling and compression give more.
    public var neighbourCorrelation = 0.0
    /// By how much noise changes more from pixel to pixel across the edges of blocks of 8 (hence also of 16) columns
    /// than inside, relative; 0 without blocks.
    public var blockiness = 0.0
    /// Share of the pixels that have exactly the value of the frame before, repeated frames aside, 0…1.
    public var repeatedPixels = 0.0
    /// Share of the frames that repeat the one before, 0…1.
    public var repeatedFrames = 0.0
    /// Share of the pixels that show nothing but black (0), 0…1.
    public var blackFraction = 0.0
    /// Share of the pixels at the top of their range, 0…1.
    public var saturatedFraction = 0.0

    /// Figures of nothing yet.
    public init() {}

    /// What the operator should do for the sake of faint events, one sentence; nil if nothing.
    public var advice: String? {
        switch verdict {
        case .unknown, .independent: nil
        case .smoothed:
            "Turn off the camera's temporal noise reduction (3DNR, temporal denoise): it spreads short flashes over "
                + "frames and hides faint ones."
        case .compressed:
            "Record or stream uncompressed video, or raise the bit rate and turn off noise reduction: compression "
                + "removes faint spots."
        case .duplicatedFrames:
            "Set the camera to the frame rate that it really delivers; repeated frames lengthen events and add nothing."
        }
    }

    /// Decides what the figures mean.
    ///
    /// The figures are averages over some hundred frames of 256 places, so that their standard errors are below 0.01;
    /// a tenth for blocks is beyond chance. Three tenths in time or between neighbours is where the matched filter
    /// loses a seventh of its signal to noise and more: less is reported, but no reason to act.
    mutating func decide() {
        if framesSeen >= StreamQuality.leastFrames, repeatedFrames > 0.05 {
            verdict = .duplicatedFrames
        } else if framesMeasured < StreamQuality.leastFrames {
            verdict = .unknown
        } else if blockiness > 0.1 || (neighbourCorrelation > 0.3 && temporalCorrelation > 0.15) {
            verdict = .compressed
        } else if temporalCorrelation > 0.3 {
            verdict = .smoothed
        } else {
            verdict = .independent
        }
    }

    /// Frames before the first verdict.
    static let leastFrames = 64
}
