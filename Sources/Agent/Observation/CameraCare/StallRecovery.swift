// SPDX-License-Identifier: Apache-2.0

import Camera

/// A camera whose stream is started anew when it stalls, which often helps and costs least: its settings stay, and so
/// does what the detector has learnt. What that does not help goes up as the failure that it is.
final class StallRecovery: FrameSource {
    /// A camera that stalls again sooner than this after a restart needs more than another.
    static let leastSecondsBetweenRestarts = 30.0

    private let camera: any RestartableSource
    private let record: CameraRecord
    private let clock: any HostClock
    private let tell: (_ failure: CameraError) -> Void
    private var lastRestart: MonotonicInstant?

    /// A camera that has just been opened.
    ///
    /// - Parameter tell: is told of every failure against which the stream is started anew.
    init(
        _ camera: any RestartableSource, record: CameraRecord, clock: any HostClock = SystemHostClock(),
        tell: @escaping (_ failure: CameraError) -> Void = { _ in }
    ) {
        self.camera = camera
        self.record = record
        self.clock = clock
        self.tell = tell
        record.beginCamera()
    }

    var description: SourceDescription { camera.description }

    func nextFrame() throws(CameraError) -> Frame? {
        defer { record.take(camera.statistics) }
        let failure: CameraError
        do {
            return try camera.nextFrame()
        } catch {
            failure = error
        }
        guard failure.code == .stalled || failure.code == .inputOutput, mayRestart else { throw failure }
        lastRestart = clock.monotonic()
        record.count(.restart)
        tell(failure)
        try camera.restart()
        return try camera.nextFrame()
    }

    private var mayRestart: Bool {
        lastRestart.map { clock.monotonic().seconds(since: $0) >= Self.leastSecondsBetweenRestarts } ?? true
    }
}
