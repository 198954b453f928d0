// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import JSON
import UTC

/// `psws-agent calibrate-timing`: opens camera and light as the configuration has them, measures, and stores.
public struct TimingCalibrator {
    /// The station; its agent must not run meanwhile.
    public var configuration: AgentConfiguration
    /// Pulses of the comparison; nil for as many as the exposure needs.
    public var pulseCount: Int?
    /// False to only look.
    public var stores = true

    private let pinBoard: any PinBoard

    /// What came out, in words and for programs.
    public struct Outcome: Sendable, Hashable {
        /// The calibration.
        public var calibration: TimingCalibration
        /// Lines for a person.
        public var text: String
        /// One JSON object for a program.
        public var json: String
    }

    /// A calibrator with the station's own lines.
    public init(configuration: AgentConfiguration, pinBoard: any PinBoard = GPIOBoard()) {
        self.configuration = configuration
        self.pinBoard = pinBoard
    }

    /// Measures, and stores if that is wanted.
    ///
    /// - Parameter tell: progress, a sentence at a time.
    /// - Throws: `TimingError`, `PinError`, `CameraError`.
    public func run(tell: (String) -> Void) throws -> Outcome {
        guard let light = configuration.pins.timingLight else {
            throw TimingError(
                .notConfigured, message: "the configuration has no timing light", remedy: "add 'pins: timing_light:'")
        }
        guard configuration.camera.kind == .v4l2 else {
            throw TimingError(
                .notConfigured, message: "only a camera of kind 'v4l2' has a latency", remedy: "change camera.kind")
        }
        let line: any PinOutput
        do throws(PinError) {
            line = try pinBoard.output(light, isActive: false)
        } catch {
            throw error.of("pins.timing_light")
        }
        let camera = try configuration.camera.openDevice()
        for notice in camera.notices { tell("camera: \(notice)") }
        // The measurement is of the stamps as the driver makes them.
        camera.correct(latency: nil)
        let measurement = TimingMeasurement(
            source: camera, lamp: PinLamp(line), pulseCount: pulseCount, seed: .random(in: 0 ... .max))
        let result = try measurement.run(tell: tell)
        return try outcome(of: result, source: camera.description)
    }

    func outcome(of result: TimingMeasurement.Result, source: SourceDescription) throws -> Outcome {
        let fit = result.fit
        let errorSeconds =
            (fit.standardErrorSeconds * fit.standardErrorSeconds
            + result.pulseErrorSeconds * result.pulseErrorSeconds).squareRoot()
        let calibration = TimingCalibration(
            measured: .now(), settings: .init(source), latencySeconds: fit.latencySeconds,
            latencyErrorSeconds: errorSeconds, jitterSeconds: fit.jitterSeconds, row: result.spot.row)
        let file = TimingCalibrationFile(of: configuration)
        if stores {
            do throws(FileError) { try file.write(calibration) } catch {
                throw TimingError(
                    .cannotStore, message: "\(error)",
                    remedy: "run it as the user to whom the directory belongs, or root")
            }
        }
        return Outcome(
            calibration: calibration, text: text(calibration, result, source, path: stores ? file.path : nil),
            json: json(calibration, result, path: stores ? file.path : nil))
    }

    private func text(
        _ calibration: TimingCalibration, _ result: TimingMeasurement.Result, _ source: SourceDescription, path: String?
    ) -> String {
        func milliseconds(_ seconds: Double) -> String { (1000 * seconds).fixed(3) + " ms" }
        let exposure = source.exposureSeconds.map { ", the camera says \(milliseconds($0))" } ?? ""
        var lines = [
            "latency   \(milliseconds(calibration.latencySeconds)) ± \(milliseconds(calibration.latencyErrorSeconds))",
            "jitter    \(milliseconds(calibration.jitterSeconds)) of a single frame",
            "exposure  \(milliseconds(result.fit.exposureSeconds)) by the light\(exposure)",
            "light     \(result.spot.pixels.count) pixels about row \(result.spot.row.fixed(0)), "
                + "\(result.spot.contrastADU.fixed(0)) ADU each; "
                + "\(result.pulseCount) pulses, \(result.fit.edgeCount) frames caught an edge",
        ]
        if let path { lines.append("stored    \(path); the agent uses it from its next start") }
        if configuration.camera.device.latencySeconds != nil {
            lines.append("note      camera.v4l2.latency stands in the configuration and goes first: remove it")
        }
        return lines.joined(separator: "\n")
    }

    private func json(_ calibration: TimingCalibration, _ result: TimingMeasurement.Result, path: String?) -> String {
        JSONText.object([
            ("measured", .string(calibration.measured.iso8601(fractionDigits: 0))),
            ("latency_s", .number(calibration.latencySeconds)),
            ("latency_error_s", .number(calibration.latencyErrorSeconds)),
            ("jitter_s", .number(calibration.jitterSeconds)), ("exposure_s", .number(result.fit.exposureSeconds)),
            ("row", .number(calibration.row)), ("pixels", .integer(result.spot.pixels.count)),
            ("pulses", .integer(result.pulseCount)), ("edges", .integer(result.fit.edgeCount)),
            ("file", .string(path)),
        ]).description
    }
}
