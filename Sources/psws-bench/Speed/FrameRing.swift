// SPDX-License-Identifier: Apache-2.0

import CScheduling
import Camera
import Detection

/// Frames to measure time with: more than fit into the caches.
struct FrameRing {
    private let buffers: [PixelBuffer]
    private let targets: [PixelBuffer]
    private let format: FrameFormat
    private let sigma: Double

    private static let count = 48
    private static let runs = 15
    private static let framesPerRun = 32

    init(format: FrameFormat, seed: UInt64) {
        self.format = format
        var noise = NoiseFrames(format: format, seed: seed)
        sigma = noise.sigmaADU
        buffers = (0..<FrameRing.count).map { _ in
            let buffer = PixelBuffer(byteCount: format.byteCount)
            noise.next().withBytes { source in buffer.withMutableBytes { $0.copyMemory(from: source) } }
            return buffer
        }
        targets = buffers.map { _ in PixelBuffer(byteCount: format.byteCount) }
    }

    /// Frames of a simulated scene.
    ///
    /// - Throws: `CameraError` for an impossible scene.
    init(scene: SceneConfiguration) throws {
        let source = try SimulatedScene(scene)
        format = source.description.format
        // No stage runs on them alone.
        sigma = 1
        var drawn: [PixelBuffer] = []
        while drawn.count < FrameRing.count, let frame = try source.nextFrame() {
            let buffer = PixelBuffer(byteCount: format.byteCount)
            frame.withBytes { source in buffer.withMutableBytes { $0.copyMemory(from: source) } }
            drawn.append(buffer)
        }
        buffers = drawn
        targets = drawn.map { _ in PixelBuffer(byteCount: source.description.format.byteCount) }
    }

    /// A frame of the ring with a number of its own.
    private func frame(_ index: Int) -> Frame {
        Frame(format: format, index: index, time: nil, buffer: buffers[index % buffers.count])
    }

    /// Time of a stage for a frame, with the thresholds that a detector has.
    func time(_ probe: DetectorStageProbe) -> StageTime {
        for index in 0..<200 { probe.learn(frame(index), sigma: sigma) }
        return measure(processorSeconds) { index in _ = run(probe, index) }
    }

    /// The same by the clock on the wall, for stages that use several threads.
    func elapsedTime(_ probe: DetectorStageProbe) -> StageTime {
        for index in 0..<200 { probe.learn(frame(index), sigma: sigma) }
        let clock = ContinuousClock()
        let start = clock.now
        return measure {
            start.duration(to: clock.now) / .seconds(1)
        } body: { index in
            _ = run(probe, index)
        }
    }

    /// Time of a whole detector for a frame.
    func time(_ kernels: PixelKernels, target: ObservationTarget = .sky) throws -> StageTime {
        let detector = try Detector(
            configuration: .standard(for: target, framesPerSecond: 30), format: format, kernels: kernels)
        for index in 0..<200 { _ = detector.process(frame(index)) }
        return measure(processorSeconds) { index in _ = detector.process(frame(200 + index)) }
    }

    /// Seconds of the processor's time for this thread, which other programs on a shared machine disturb least.
    private func processorSeconds() -> Double { psws_thread_seconds() }

    private func run(_ probe: DetectorStageProbe, _ index: Int) -> Int {
        probe.run(frame(index), threshold: 4.14, summedThreshold: 5.5).count
    }

    /// Measures by turns with copies of the same frames, so that what slows the machine down slows both.
    private func measure(_ seconds: () -> Double, body: (Int) -> Void) -> StageTime {
        var times: [Double] = []
        var copies: [Double] = []
        var index = 0
        for _ in 0..<FrameRing.runs {
            let start = seconds()
            for number in index..<(index + FrameRing.framesPerRun) { body(number) }
            let middle = seconds()
            for number in index..<(index + FrameRing.framesPerRun) { copy(number) }
            let end = seconds()
            index += FrameRing.framesPerRun
            times.append(1000 * (middle - start) / Double(FrameRing.framesPerRun))
            copies.append(1000 * (end - middle) / Double(FrameRing.framesPerRun))
        }
        return StageTime(
            milliseconds: times.sorted()[times.count / 2], copyMilliseconds: copies.sorted()[copies.count / 2])
    }

    private func copy(_ index: Int) {
        frame(index).withBytes { source in
            targets[index % targets.count].withMutableBytes { $0.copyMemory(from: source) }
        }
    }
}

/// Time of a frame through a stage, and to copy it.
struct StageTime {
    var milliseconds: Double
    var copyMilliseconds: Double
    var copies: Double { milliseconds / copyMilliseconds }
}
