// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// Frames in, detected events out: what watching a camera and replaying a recording have in common.
///
/// A pipeline is used from one thread. It holds no frame longer than the detector and the observer do.
public final class ObservationPipeline {
    /// Frames seen and lost so far.
    public struct Counts: Sendable, Hashable {
        /// Frames that the detector has searched.
        public var frames = 0
        /// Frames known to be lost on the way.
        public var dropped = 0
        /// Events of every kind.
        public var events = 0
    }

    /// What the pipeline tells: each frame after it was searched, with the events that became certain with it.
    /// The frame is nil for what the end of the stream made certain.
    public typealias Observer = (_ frame: Frame?, _ events: [DetectedEvent]) throws -> Void

    private let source: any FrameSource
    private let detector: Detector

    /// Counts so far.
    public private(set) var counts = Counts()

    /// A pipeline from a source to a detector that was made for its format.
    public init(source: any FrameSource, detector: Detector) {
        self.source = source
        self.detector = detector
    }

    /// The detector's threshold, noise and state.
    public var detectorStatus: DetectorStatus { detector.status }

    /// Why a run is over.
    public enum Ending: Sendable, Hashable {
        /// The source has no more frames.
        case endOfStream
        /// It was asked to stop.
        case stopped
        /// The gate has closed: something came between the camera and the sky.
        case obstructed
    }

    /// Runs to the end of the stream, or until `stop` is raised or the gate closes.
    ///
    /// A source that fails ends the run with its error, but only after the events in progress were finished and
    /// told: a recording that breaks off loses nothing that was already seen.
    @discardableResult
    public func run(
        until stop: StopFlag, gate: ViewGate = ViewGate(), observer: Observer
    ) throws -> Ending {
        var failure: CameraError?
        var ending = Ending.stopped
        while !stop.isRaised {
            guard gate.isOpen else {
                ending = .obstructed
                break
            }
            let next: Frame?
            do {
                next = try source.nextFrame()
            } catch {
                failure = error
                break
            }
            guard let frame = next else {
                ending = .endOfStream
                break
            }
            counts.frames += 1
            counts.dropped += frame.droppedBefore
            let events = detector.process(frame)
            counts.events += events.count
            try observer(frame, events)
        }
        let last = detector.finish()
        counts.events += last.count
        try observer(nil, last)
        if let failure { throw failure }
        return ending
    }
}
