// SPDX-License-Identifier: Apache-2.0

import Settings

/// Where the frames come from.
///
/// `kind` chooses; the sections of the other kinds may stay in the file, and are checked all the same, so that a station
/// is switched to a simulated camera and back by one word.
public struct CameraConfiguration: Sendable, Hashable {
    /// Kinds of cameras; each has a section of the same name.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A camera attached to the box, through Video4Linux.
        case v4l2
        /// Recordings, one after the other.
        case file
        /// A computed scene of the target with events in it.
        case simulated
    }

    /// Which of the kinds is used.
    public var kind = Kind.simulated
    /// Camera as it stands in the events, such as `ZWO ASI290MM`; nil for what the driver says.
    public var instrument: String?
    /// Telescope or lens as it stands in the events.
    public var telescope: String?
    /// Columns in pixels; nil for the most that the camera gives.
    public var widthPixels: Int?
    /// Rows in pixels; nil for the most that the camera gives.
    public var heightPixels: Int?
    /// Frames per second; nil for the most that the camera gives, or what the recording says.
    public var framesPerSecond: Double?
    /// Exposure in seconds; nil leaves it to the camera.
    public var exposureSeconds: Double?
    /// Rolling shutter: seconds from the exposure of one row to that of the next one below, negative for a sensor that
    /// is read from below; nil for a sensor that exposes all rows at once.
    public var rowSeconds: Double?
    /// For `kind` `.v4l2`.
    public var device = VideoDeviceConfiguration()
    /// For `kind` `.file`: paths of the recordings in the order of their time; `-` is Y4M on standard input.
    public var recordingPaths: [String] = []
    /// For `kind` `.simulated`.
    public var simulation = SimulationConfiguration()

    /// A simulated camera with nothing else decided.
    init() {}

    init(_ section: inout SettingsSection) {
        kind = section.read("kind", .choice())
        instrument = section.readIfPresent("instrument", .text(1...200))
        telescope = section.readIfPresent("telescope", .text(1...200))
        widthPixels = section.readIfPresent("width", .wholePixels(8...16_384))
        heightPixels = section.readIfPresent("height", .wholePixels(8...16_384))
        framesPerSecond = section.readIfPresent("rate", .perSecond(0.1...10_000))
        exposureSeconds = section.readIfPresent("exposure", .seconds(1e-6...10))
        rowSeconds = section.readIfPresent("row_time", .seconds(-0.01...0.01))
        device = section.section("v4l2") { VideoDeviceConfiguration(&$0) }
        recordingPaths = section.section("file") { $0.list("paths", of: .path, count: 1...100_000) }
        simulation = section.section("simulated") { SimulationConfiguration(&$0) }

        if kind == .file, recordingPaths.isEmpty {
            section.reject(
                "file", "a camera of kind 'file' needs recordings", remedy: "add 'file: {paths: [night.ser]}'")
        }
        if let exposureSeconds, let framesPerSecond, exposureSeconds > 1.001 / framesPerSecond {
            section.reject(
                "exposure", "the exposure is longer than the time between two frames",
                remedy: "shorten the exposure or lower the rate")
        }
    }
}
