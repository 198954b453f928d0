// SPDX-License-Identifier: Apache-2.0

import CAllocationCounter
import Camera
import Testing

@testable import Detection

@Suite struct AllocationTests {
    /// Allocations that a frame may make; on a wandering scene a few small ones are left.
    @Test(arguments: [(ObservationTarget.sky, 0), (.moon, 4), (.jupiter, 4)])
    func `A quiet frame allocates nothing, or next to nothing while the scene wanders`(
        _ target: ObservationTarget, _ allowed: Int
    ) throws {
        var source = try SyntheticFrames(width: 160, height: 120, seed: 4)
        // Structure to register, and hardly any noise, so that nothing becomes a candidate.
        let templates = (0..<4).map { index in
            source.frame { x, y, _ in
                let u = Double(x - 80)
                let v = Double(y - 60)
                return 30 + ((u * u + v * v) < 1600 ? 100 + Double((x * 7 + y * 13) % 23) : 0) + Double(index % 2)
            }
        }
        let configuration = DetectorConfiguration.standard(for: target, framesPerSecond: 25)
        let detector = try Detector(configuration: configuration, format: source.format)
        // A camera's frames come from outside; here they are made beforehand.
        let frames = (0..<900).map { index in copy(templates[index % 4], index: index) }
        for frame in frames.prefix(700) { _ = detector.process(frame) }
        let before = psws_allocations()
        for frame in frames.suffix(200) { _ = detector.process(frame) }
        let made = psws_allocations() - before
        #expect(made <= 200 * allowed, "\(made) allocations in 200 frames")
    }

    @Test func `The state of a detector takes at most 24 bytes a pixel`() throws {
        for (target, bits) in [(ObservationTarget.sky, 8), (.moon, 8), (.jupiter, 16)] {
            let source = try SyntheticFrames(width: 640, height: 480, bitsPerSample: bits)
            let configuration = DetectorConfiguration.standard(for: target)
            let detector = try Detector(configuration: configuration, format: source.format)
            #expect(detector.stateBytesPerPixel <= 24, "\(target): \(detector.stateBytesPerPixel)")
        }
    }

    private func copy(_ frame: Frame, index: Int) -> Frame {
        let buffer = PixelBuffer(byteCount: frame.format.byteCount)
        frame.withBytes { source in buffer.withMutableBytes { $0.copyMemory(from: source) } }
        return Frame(format: frame.format, index: index, time: nil, buffer: buffer)
    }
}
