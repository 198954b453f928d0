// SPDX-License-Identifier: Apache-2.0

import UTC

/// When a frame was exposed, and how that is known.
public struct FrameTime: Sendable, Hashable {
    /// Middle of the exposure, in UTC.
    public var middleOfExposure: UTCInstant
    /// Estimated standard error of `middleOfExposure`, in seconds; nil if nobody knows.
    public var uncertaintySeconds: Double?
    /// How the time became known.
    public var origin: Origin

    /// Ways in which a frame gets its time.
    public enum Origin: String, Sendable, Hashable, CaseIterable {
        /// The driver's monotonic stamp of the end of the frame, converted to UTC.
        case driverEndOfFrame
        /// The driver's monotonic stamp of the start of the exposure, converted to UTC.
        case driverStartOfExposure
        /// The host's clock when the frame arrived.
        case hostArrival
        /// A time stamp that the recording keeps for this frame.
        case recordedPerFrame
        /// The start of the recording plus the frame's number divided by the frame rate.
        case recordedStartAndRate
        /// A start that the operator gave plus the frame's number divided by the frame rate.
        case givenStartAndRate
        /// A simulated scene, whose clock is exact.
        case simulated
    }

    /// A time with its error and origin.
    public init(middleOfExposure: UTCInstant, uncertaintySeconds: Double?, origin: Origin) {
        self.middleOfExposure = middleOfExposure
        self.uncertaintySeconds = uncertaintySeconds
        self.origin = origin
    }
}
