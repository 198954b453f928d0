// SPDX-License-Identifier: Apache-2.0

import UTC

/// A recording that was never made: a target with everything that air, mount and camera do to it, and events whose
/// truth is known.
///
/// Every frame follows from the configuration alone, whichever frames were made before it.
public final class SimulatedScene: FrameSource {
    /// What the scene is made from.
    public let configuration: SceneConfiguration
    /// The scene as a source of frames.
    public let description: SourceDescription
    /// What happens in the scene, in the order of the configuration's events.
    public let truth: [EventTruth]

    private var light: SceneLight
    private var sensor: SensorSimulator
    private var frameLight: LightPlane
    private var pool: FramePool
    private var nextIndex = 0
    private let events: [ScaledEvent]

    /// Paints the target and finds the strength of every event.
    ///
    /// - Throws: `impossibleScene` for a value out of its range, or an event that no frame sees.
    public init(_ configuration: SceneConfiguration) throws(CameraError) {
        try configuration.validate()
        guard
            let format = FrameFormat(
                width: configuration.width, height: configuration.height, bitsPerSample: configuration.bitsPerSample)
        else {
            throw CameraError(.impossibleScene, place: "simulated scene", message: "the frame format is impossible")
        }
        self.configuration = configuration
        description = SourceDescription(
            name: "simulated \(configuration.kind.rawValue), seed \(configuration.seed)", format: format,
            framesPerSecond: configuration.framesPerSecond, frameCount: configuration.frameCount,
            exposureSeconds: configuration.exposureSeconds, instrument: "simulated camera",
            telescope: "simulated telescope")
        light = SceneLight(configuration)
        sensor = SensorSimulator(configuration.sensor, format: format, seed: configuration.seed)
        frameLight = LightPlane(width: configuration.width, height: configuration.height)
        pool = FramePool(format: format)
        var events: [ScaledEvent] = []
        for index in configuration.events.indices {
            events.append(try ScaledEvent(index, in: configuration, light: &light, sensor: sensor))
        }
        self.events = events
        truth = events.map(\.truth)
    }

    /// The next frame, or nil at the end of the scene.
    public func nextFrame() throws(CameraError) -> Frame? {
        guard nextIndex < configuration.frameCount else { return nil }
        let index = nextIndex
        nextIndex += 1
        light.select(frame: index)
        light.write(into: &frameLight)
        light.addTwinkling(to: &frameLight)
        for event in events { event.add(to: &frameLight, frame: index, light: light) }
        let buffer = pool.obtain()
        buffer.withMutableBytes { sensor.expose(&frameLight, frame: index, into: $0) }
        return Frame(format: description.format, index: index, time: time(ofFrame: index), buffer: buffer)
    }

    /// When a frame is exposed; the simulated clock is exact.
    public func time(ofFrame index: Int) -> FrameTime {
        let seconds = Double(index) / configuration.framesPerSecond + 0.5 * configuration.exposureSeconds
        return FrameTime(
            middleOfExposure: configuration.start.advanced(bySeconds: seconds), uncertaintySeconds: 0,
            origin: .simulated)
    }
}
