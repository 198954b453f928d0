// SPDX-License-Identifier: Apache-2.0

/// What a camera has done and left undone since it was opened.
public struct V4L2Statistics: Sendable, Hashable {
    /// Frames given out.
    public var delivered = 0
    /// Frames that the driver numbered but never gave: its sequence numbers have gaps.
    public var missing = 0
    /// Frames thrown away because the driver marked them as damaged.
    public var damaged = 0
    /// Frames thrown away because they were shorter than their format.
    public var short = 0
    /// Times that the driver reported an error in place of a frame.
    public var driverErrors = 0
    /// Times that no good frame came before the deadline.
    public var stalls = 0
    /// Times that the stream was restarted.
    public var restarts = 0
    /// Times that the camera changed its format while it streamed.
    public var formatChanges = 0
    /// Frames timed by their arrival because the driver's stamp made no sense.
    public var timedByArrival = 0
    /// Steps of the host's real-time clock that were noticed.
    public var clockSteps = 0

    /// Zero of everything.
    public init() {}
}
