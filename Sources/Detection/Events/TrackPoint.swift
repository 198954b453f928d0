// SPDX-License-Identifier: Apache-2.0

import Camera

/// An event in one frame.
public struct TrackPoint: Sendable, Hashable {
    /// Number of the frame.
    public var frame: Int
    /// Column in pixels; the centre of the first pixel is 0.
    public var x: Double
    /// Row in pixels; the centre of the first pixel is 0.
    public var y: Double
    /// Flux of the fitted point spread above the background, in ADU.
    public var fluxADU: Double
    /// Standard error of `fluxADU`.
    public var fluxErrorADU: Double
    /// Time of the frame; nil if it has none.
    public var time: FrameTime?

    /// A point from its parts.
    public init(frame: Int, x: Double, y: Double, fluxADU: Double, fluxErrorADU: Double, time: FrameTime?) {
        self.frame = frame
        self.x = x
        self.y = y
        self.fluxADU = fluxADU
        self.fluxErrorADU = fluxErrorADU
        self.time = time
    }
}
