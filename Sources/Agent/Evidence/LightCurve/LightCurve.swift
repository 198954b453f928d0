// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import UTC

/// Brightness of an event against time: the detector's measurements, between measurements of the quiet sky at the same
/// place before and after.
public struct LightCurve: Sendable, Hashable {
    /// One frame's measurement.
    public struct Point: Sendable, Hashable {
        /// Number of the frame in its stream.
        public var frame: Int
        /// When it was exposed; nil if the recording does not say.
        public var time: FrameTime?
        /// Place of the measurement in the camera's frame, in pixels; pixel centres are whole numbers.
        public var x: Double
        /// Place of the measurement in the camera's frame, in pixels.
        public var y: Double
        /// Flux above the background, in ADU.
        public var fluxADU: Double
        /// Standard error of the flux, in ADU.
        public var fluxErrorADU: Double
        /// False for a measurement of the quiet sky before or after the event.
        public var isInEvent: Bool
    }

    /// Measurements in order of their frames.
    public let points: [Point]

    /// The light curve of an event, with the quiet frames of its clip where they can be measured.
    public init(of evidence: Evidence) {
        let event = evidence.event
        var points = event.track.map {
            Point(
                frame: $0.frame, time: $0.time, x: $0.x, y: $0.y, fluxADU: $0.fluxADU, fluxErrorADU: $0.fluxErrorADU,
                isInEvent: true)
        }
        if let clip = evidence.clip { points += QuietSkyPhotometry(event: event, clip: clip).points }
        self.points = points.sorted { $0.frame < $1.frame }
    }

    /// Measurements of the event itself.
    public var eventPoints: [Point] { points.filter(\.isInEvent) }
}
