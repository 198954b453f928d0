// SPDX-License-Identifier: Apache-2.0

import Camera
import UTC

/// How late a camera's stamps are, as measured with the timing light, and with what settings.
public struct TimingCalibration: Sendable, Hashable {
    /// What the latency depends on: another camera, size, rate or exposure has another one.
    public struct Settings: Sendable, Hashable {
        /// Camera and driver, as the driver names them.
        public var instrument: String
        /// Columns of a frame.
        public var width: Int
        /// Rows of a frame.
        public var height: Int
        /// Frames per second.
        public var framesPerSecond: Double
        /// Exposure in seconds; nil if the camera does not say.
        public var exposureSeconds: Double?

        /// The settings of a stream.
        public init(_ source: SourceDescription) {
            instrument = source.instrument ?? ""
            width = source.format.width
            height = source.format.height
            framesPerSecond = source.framesPerSecond ?? 0
            exposureSeconds = source.exposureSeconds
        }

        init(instrument: String, width: Int, height: Int, framesPerSecond: Double, exposureSeconds: Double?) {
            self.instrument = instrument
            self.width = width
            self.height = height
            self.framesPerSecond = framesPerSecond
            self.exposureSeconds = exposureSeconds
        }

        /// What is otherwise in `other`, in words; empty if a calibration with these settings holds for it.
        func differences(from other: Settings) -> [String] {
            var words: [String] = []
            if instrument != other.instrument { words.append("camera '\(instrument)'") }
            if (width, height) != (other.width, other.height) { words.append("\(width)×\(height) pixels") }
            if !Settings.agree(framesPerSecond, other.framesPerSecond) {
                words.append("\(framesPerSecond.fixed(2)) frames/s")
            }
            if !Settings.agree(exposureSeconds ?? 0, other.exposureSeconds ?? 0) {
                words.append("exposure \(exposureSeconds.map(shortDuration) ?? "unknown")")
            }
            return words
        }

        /// Drivers round rates and exposures.
        private static func agree(_ left: Double, _ right: Double) -> Bool {
            abs(left - right) <= 0.01 * max(abs(left), abs(right))
        }
    }

    /// When it was measured.
    public var measured: UTCInstant
    /// With what settings.
    public var settings: Settings
    /// Seconds by which stamps are late.
    public var latencySeconds: Double
    /// Standard error of the latency in seconds.
    public var latencyErrorSeconds: Double
    /// Standard deviation of single stamps in seconds.
    public var jitterSeconds: Double
    /// Row of the frame in which it was measured.
    public var row: Double

    /// Standard error of the corrected time of one frame, in seconds.
    public var frameErrorSeconds: Double {
        (latencyErrorSeconds * latencyErrorSeconds + jitterSeconds * jitterSeconds).squareRoot()
    }

    /// What was measured, for the journal and the events: `12.300 ms ± 0.224 ms late, measured 2026-11-23T18:00:00Z`.
    public var text: String {
        "\((1000 * latencySeconds).fixed(3)) ms ± \((1000 * frameErrorSeconds).fixed(3)) ms late, "
            + "measured \(measured.iso8601(fractionDigits: 0))"
    }
}
