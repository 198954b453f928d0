// SPDX-License-Identifier: Apache-2.0

/// How much is kept of the sky around an event, and how much memory that may take.
public struct EvidenceLimits: Sendable, Hashable {
    /// Bytes of whole frames that are held for events yet to be reported. 16 MiB are 18 frames of 1280 × 720 × 8 bit.
    public var historyBytes = 16 << 20
    /// Frames wanted before the first frame of the event.
    public var framesBefore = 15
    /// Frames wanted after the last frame of the event.
    public var framesAfter = 15
    /// Pixels kept around the track on every side.
    public var marginPixels = 20
    /// Least width and height of what is cut out, in pixels of the camera; a smaller frame is kept whole.
    public var minimumSidePixels = 64
    /// Greatest size of the samples of one event, in bytes.
    public var clipBytes = 4 << 20
    /// Events whose frames are still being collected; one more makes the oldest close early.
    public var openEvents = 4

    /// The limits that the agent has when nothing is configured.
    public init() {}
}
