// SPDX-License-Identifier: Apache-2.0

/// Anything that gives frames one after the other: a camera, a recording, a simulated scene.
///
/// A source is used from one thread. `nextFrame` waits for a live camera.
public protocol FrameSource: AnyObject {
    /// What the source is, known before the first frame.
    var description: SourceDescription { get }

    /// The next frame, or nil at the end of a recording. After an error a recording gives no further frames; a
    /// recording that breaks off gives every whole frame first and throws then.
    func nextFrame() throws(CameraError) -> Frame?
}

/// What a source knows of itself before its first frame.
public struct SourceDescription: Sendable, Hashable {
    /// Path, device or name of the scene, as a person would write it.
    public var name: String
    /// Shape and sample type of every frame.
    public var format: FrameFormat
    /// Frames per second; nil if the recording does not say.
    public var framesPerSecond: Double?
    /// Number of frames; nil if it is not known beforehand.
    public var frameCount: Int?
    /// Exposure time in seconds; nil if unknown.
    public var exposureSeconds: Double?
    /// Camera or sensor, in the words of the recording or the driver.
    public var instrument: String?
    /// Telescope, in the words of the recording.
    public var telescope: String?
    /// What the operator should know: what was guessed, is odd or is missing. One sentence each, without a full stop.
    public var notices: [String]

    /// A description of which only the name and the format must be known.
    public init(
        name: String, format: FrameFormat, framesPerSecond: Double? = nil, frameCount: Int? = nil,
        exposureSeconds: Double? = nil, instrument: String? = nil, telescope: String? = nil, notices: [String] = []
    ) {
        self.name = name
        self.format = format
        self.framesPerSecond = framesPerSecond
        self.frameCount = frameCount
        self.exposureSeconds = exposureSeconds
        self.instrument = instrument
        self.telescope = telescope
        self.notices = notices
    }
}
