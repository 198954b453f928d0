// SPDX-License-Identifier: Apache-2.0

/// A simulated scene in a file, with its truth beside it.
public struct SceneRecording: Sendable, Hashable {
    /// The recording.
    public let path: String
    /// Table with a row for each event, see `SceneTruthTables.events`; nil if the recording went to a pipe.
    public let eventsPath: String?
    /// Table with a row for each frame of each event, see `SceneTruthTables.tracks`; nil as `eventsPath`.
    public let tracksPath: String?
    /// Frames in the recording.
    public let frameCount: Int
    /// What happens in the scene.
    public let truth: [EventTruth]

    /// The path that stands for standard output.
    public static let standardOutput = "-"

    /// Plays a scene into a file.
    ///
    /// `NAME.ser` and `NAME.y4m` are accepted; the truth goes to `NAME.truth.csv` and `NAME.tracks.csv`. Files that
    /// are there are replaced. `-` is YUV4MPEG2 on standard output, without truth.
    ///
    /// - Throws: `impossibleScene`, `unsupported` for another ending or a depth that the format does not know, or
    ///   what the system says of the files.
    public static func write(_ configuration: SceneConfiguration, to path: String) throws(CameraError) -> SceneRecording
    {
        let scene = try SimulatedScene(configuration)
        let description = scene.description
        let base = String(path.dropLast(4))
        if path == standardOutput {
            let writer = try Y4MWriter(
                path: "/dev/stdout", format: description.format, framesPerSecond: configuration.framesPerSecond)
            try scene.write(to: writer)
        } else if path.hasSuffix(".ser"), !base.isEmpty {
            let writer = try SERWriter(
                path: path, format: description.format, observer: description.name,
                instrument: description.instrument ?? "", telescope: description.telescope ?? "")
            try scene.write(to: writer)
        } else if path.hasSuffix(".y4m"), !base.isEmpty {
            let writer = try Y4MWriter(
                path: path, format: description.format, framesPerSecond: configuration.framesPerSecond)
            try scene.write(to: writer)
        } else {
            throw CameraError(
                .unsupported, place: path, message: "a simulated recording cannot have this ending",
                remedy: "let the name end in .ser or .y4m")
        }
        guard path != standardOutput else {
            return SceneRecording(
                path: path, eventsPath: nil, tracksPath: nil, frameCount: configuration.frameCount, truth: scene.truth)
        }
        try replace(base + ".truth.csv", with: SceneTruthTables.events(scene))
        try replace(base + ".tracks.csv", with: SceneTruthTables.tracks(scene))
        return SceneRecording(
            path: path, eventsPath: base + ".truth.csv", tracksPath: base + ".tracks.csv",
            frameCount: configuration.frameCount, truth: scene.truth)
    }

    private static func replace(_ path: String, with text: String) throws(CameraError) {
        let file = try OutputFile(path: path)
        try file.append(Array(text.utf8))
        try file.close()
    }
}

extension SimulatedScene {
    /// Plays the frames that are left into a recording and finishes it.
    public func write(to writer: some RecordingWriter) throws(CameraError) {
        while let frame = try nextFrame() { try writer.append(frame) }
        try writer.finish()
    }
}
