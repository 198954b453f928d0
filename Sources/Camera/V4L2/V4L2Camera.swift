// SPDX-License-Identifier: Apache-2.0

import CV4L2
import Glibc

/// A camera of the Linux video system, streaming.
///
/// Opening it chooses a format, sets the controls and starts the stream; `notices` says what came out otherwise than
/// asked. `nextFrame` waits for a frame. After `.stalled` or `.inputOutput` the camera may be asked again, best after
/// `restart()`; after `.disconnected` and `.formatChanged` it has to be opened anew. It is used from one thread.
public final class V4L2Camera: RestartableSource {
    /// What the camera is and how it was set up.
    public let description: SourceDescription
    /// The pixel format that the camera sends.
    public let pixelFormat: CameraPixelFormat
    /// What the camera did otherwise than asked, a sentence each.
    public let notices: [String]
    /// Losses and errors since the camera was opened.
    public private(set) var statistics = V4L2Statistics()

    private let device: V4L2Device
    private let stream: V4L2Stream
    private let image: V4L2ImageLayout
    private let clock: any HostClock
    private var timing: V4L2FrameTiming
    private let stallSeconds: Double
    private let startSeconds: Double

    private var converter: MonotonicToUTC
    private var pool: FramePool
    private var sequence = V4L2SequenceCounter()
    private var nextIndex = 0
    /// Frames lost since the last one that was given out.
    private var lostSinceLast = 0
    private var lastArrival: MonotonicInstant?
    private var isStarting = true
    private var errorsInARow = 0
    /// When the stream was started last.
    private var started: MonotonicInstant
    /// Bytes of the last buffer of an unusual size for which the driver stood by its format.
    private var unusualByteCount: Int?
    /// The driver did not take a buffer back; reported with the next call, because the frame of this one is good.
    private var requeueError: CameraError?

    /// After so many errors in a row the driver will not recover by itself.
    private static let greatestErrorRun = 8

    /// Opens a camera by its path, `/dev/video0` or better a stable one such as `/dev/v4l/by-id/…`.
    ///
    /// - Throws: `CameraError`: `.cannotOpen`, `.unknownFormat` for what is not a camera, `.unsupported` with the list
    ///   of what the camera offers when nothing of it fits, `.disconnected`, `.inputOutput`.
    public convenience init(
        path: String, options: V4L2CameraOptions = V4L2CameraOptions(), clock: any HostClock = SystemHostClock()
    ) throws(CameraError) {
        try self.init(path: path, options: options, clock: clock, operations: cv4l2_system_operations())
    }

    init(
        path: String, options: V4L2CameraOptions, clock: any HostClock, operations: cv4l2_operations
    ) throws(CameraError) {
        let setup = try V4L2Setup(path: path, options: options, operations: operations)
        device = setup.device
        image = setup.image
        pixelFormat = setup.image.unpacker.pixelFormat
        description = setup.description
        notices = setup.notices
        self.clock = clock
        timing = V4L2FrameTiming(
            exposureSeconds: description.exposureSeconds,
            frameIntervalSeconds: description.framesPerSecond.map { 1 / $0 }, latency: options.latency)
        stallSeconds = options.stallSeconds ?? timing.usualStallSeconds
        startSeconds = options.startSeconds + stallSeconds
        converter = MonotonicToUTC(clock: clock)
        pool = FramePool(format: description.format)
        stream = try V4L2Stream(device: device, bufferCount: options.bufferCount)
        started = clock.monotonic()
        device.subscribeToSourceChanges()
        try stream.start()
    }

    /// Corrects the times of the frames from now on for another latency than that of the options; nil for an unknown
    /// one.
    public func correct(latency: V4L2CameraOptions.Latency?) { timing.latency = latency }

    /// Stops the stream and starts it again, the first remedy for a stall. The frames' numbers go on.
    public func restart() throws(CameraError) {
        statistics.restarts += 1
        stream.stop()
        sequence.restart()
        requeueError = nil
        errorsInARow = 0
        isStarting = true
        started = clock.monotonic()
        try stream.start()
    }

    /// The next good frame; waits for it. Never nil: a camera has no end.
    ///
    /// Damaged and short frames are thrown away and counted.
    ///
    /// - Throws: `CameraError`: `.stalled` when no good frame came before the deadline, `.inputOutput` when the
    ///   driver reports errors again and again, `.formatChanged` when it sends another format than was agreed,
    ///   `.disconnected` when the camera is gone.
    public func nextFrame() throws(CameraError) -> Frame? {
        let allowedSeconds = isStarting ? startSeconds : stallSeconds
        let deadline = clock.monotonic().advanced(bySeconds: allowedSeconds)
        var thrownAway = 0
        while true {
            if let requeueError { throw requeueError }
            let remainingSeconds = deadline.seconds(since: clock.monotonic())
            guard remainingSeconds > 0 else { throw stalled(afterSeconds: allowedSeconds, thrownAway: thrownAway) }
            let ready = device.wait(seconds: remainingSeconds)
            if ready < 0 { throw CameraError.system(-ready, path: device.path, purpose: "wait for a frame") }
            if ready & Int32(CV4L2_READY_EVENT) != 0, device.takesSourceChange() {
                throw formatChanged(to: device.presentFormat().flatMap(image.change) ?? "another signal")
            }
            guard ready & Int32(CV4L2_READY_FRAME) != 0, let filled = try dequeue() else { continue }
            if let other = otherFormat(of: filled) { throw formatChanged(to: other) }
            let frame = take(filled)
            do { try stream.requeue(filled.index) } catch { requeueError = error }
            if let frame { return frame }
            thrownAway += 1
        }
    }

    /// The format of a buffer that does not have the usual size, if the driver has changed it; nil if it stands by it.
    private func otherFormat(of filled: V4L2Stream.Filled) -> String? {
        let count = filled.statedByteCount
        guard !filled.isDamaged, count != image.byteCount, count != image.bufferByteCount, count != unusualByteCount
        else { return nil }
        if let other = device.presentFormat().flatMap(image.change) { return other }
        unusualByteCount = count
        return nil
    }

    private func formatChanged(to other: String) -> CameraError {
        statistics.formatChanges += 1
        return CameraError(
            .formatChanged, place: device.path, message: "the camera changed its format from \(image.text) to \(other)",
            remedy: "it is set up anew; keep other programs from changing it")
    }

    private func stalled(afterSeconds seconds: Double, thrownAway: Int) -> CameraError {
        statistics.stalls += 1
        let message =
            thrownAway == 0
            ? "no frame for \(shortDecimal(seconds)) s"
            : "no good frame for \(shortDecimal(seconds)) s; \(thrownAway) damaged ones were thrown away"
        return CameraError(
            .stalled, place: device.path, message: message, remedy: "look at the camera's cable and its power")
    }

    /// A filled buffer; nil if there is none after all or the driver had a passing trouble.
    private func dequeue() throws(CameraError) -> V4L2Stream.Filled? {
        switch stream.dequeue() {
        case .success(let filled):
            if filled != nil { errorsInARow = 0 }
            return filled
        case .failure(let failure):
            statistics.driverErrors += 1
            errorsInARow += 1
            // EIO stands for a passing trouble, such as a lost signal; everything else is final.
            guard failure.number == EIO, errorsInARow < V4L2Camera.greatestErrorRun else {
                throw CameraError.system(failure.number, path: device.path, purpose: "take a frame")
            }
            return nil
        }
    }

    /// The frame in a filled buffer; nil if the content is no good. Keeps account of both.
    private func take(_ filled: V4L2Stream.Filled) -> Frame? {
        let arrival = clock.monotonic()
        let missing =
            sequence.lost(before: filled.sequence, possibleLosses: possibleLosses(until: arrival))
            + lostInRestart(until: arrival)
        isStarting = false
        lastArrival = arrival
        statistics.missing += missing
        lostSinceLast += missing
        guard let buffer = unpack(filled) else {
            lostSinceLast += 1
            return nil
        }
        let time = timing.time(stamp: filled.stamp, arrival: arrival, converter: &converter)
        if time.origin == .hostArrival { statistics.timedByArrival += 1 }
        statistics.clockSteps = converter.stepCount
        statistics.delivered += 1
        let frame = Frame(
            format: description.format, index: nextIndex + lostSinceLast, time: time, droppedBefore: lostSinceLast,
            buffer: buffer)
        nextIndex = frame.index + 1
        lostSinceLast = 0
        return frame
    }

    private func unpack(_ filled: V4L2Stream.Filled) -> PixelBuffer? {
        if filled.isDamaged {
            statistics.damaged += 1
            return nil
        }
        let buffer = pool.obtain()
        guard filled.bytes.count >= image.byteCount, (try? image.unpacker.unpack(filled.bytes, into: buffer)) != nil
        else {
            statistics.short += 1
            return nil
        }
        return buffer
    }

    /// Frames that the camera can have sent since the stream started, at twice its rate, with some that waited in the
    /// driver; nil if its rate is unknown.
    private func possibleLosses(until arrival: MonotonicInstant) -> Int? {
        timing.frameIntervalSeconds.map { Int(min(1e9, max(0, 2 * arrival.seconds(since: started) / $0))) + 8 }
    }

    /// Frames that fell into the gap of a restart, by the time that it took: the driver has begun to count anew.
    private func lostInRestart(until arrival: MonotonicInstant) -> Int {
        guard isStarting, let lastArrival, let interval = timing.frameIntervalSeconds else { return 0 }
        let intervals = (arrival.seconds(since: lastArrival) / interval).rounded()
        return Int(min(1e9, max(1, intervals))) - 1
    }
}
