// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// A flash in white noise and what was reported of it.
public struct FlashRecovery: Sendable {
    /// What was put into the frames.
    public let flash: FieldFlash
    /// Its flux in all frames together, in ADU.
    public let fluxADU: Double
    /// The alert that found it; nil if it was missed.
    public let alert: DetectedEvent?
    /// What was reported in its place without an alert; nil if nothing.
    public let otherReport: DetectedEvent?

    /// Reported minus true column and row in pixels; nil if missed.
    public var placeError: (x: Double, y: Double)? { alert.map { ($0.x - flash.x, $0.y - flash.y) } }
    /// Reported minus true brightest frame; nil if missed.
    public var peakErrorFrames: Double? { alert.map { Double($0.framePeak - flash.peakFrame) } }
    /// Reported minus true number of frames from the first to the last; nil if missed.
    public var durationErrorFrames: Double? {
        alert.map { Double($0.frameLast - $0.frameFirst + 1 - flash.light.count) }
    }
    /// Reported over true flux minus 1; nil if missed.
    public var fluxError: Double? { alert.map { $0.fluxADU / fluxADU - 1 } }
    /// Reported over true signal to noise minus 1; nil if missed.
    public var signalToNoiseError: Double? { alert.map { $0.signalToNoise / flash.signalToNoise - 1 } }
}
