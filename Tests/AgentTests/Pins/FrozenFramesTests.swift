// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@testable import Agent

@Suite struct FrozenFramesTests {
    /// A frame whose samples are decided by `sample`.
    private func frame(_ index: Int, _ sample: (_ position: Int) -> UInt8) throws -> Frame {
        let format = try #require(FrameFormat(width: 16, height: 16, bitsPerSample: 8))
        let buffer = PixelBuffer(byteCount: format.byteCount)
        buffer.withMutableBytes { bytes in
            for position in bytes.indices { bytes[position] = sample(position) }
        }
        return Frame(format: format, index: index, time: nil, buffer: buffer)
    }

    /// Index of the frame with which freezing is noticed, of `count` frames at a rate.
    private func notice(count: Int, framesPerSecond: Double, _ sample: (_ index: Int, _ position: Int) -> UInt8) throws
        -> Int?
    {
        var frozen = FrozenFrames()
        return try (0..<count).first { index in
            let now = MonotonicInstant(nanosecondsSinceBoot: 0).advanced(bySeconds: Double(index) / framesPerSecond)
            return try frozen.take(frame(index) { sample(index, $0) }, now: now) != nil
        }
    }

    @Test func `The same frame for ten seconds is a frozen camera`() throws {
        let frozen = try notice(count: 400, framesPerSecond: 25) { _, position in UInt8(position % 250) }
        #expect(frozen == 250)
        let later = try notice(count: 400, framesPerSecond: 25) { index, position in
            UInt8(index < 50 ? index : position % 250)
        }
        #expect(later == 300)
    }

    @Test func `A slow camera is given ten frames`() throws {
        let frozen = try notice(count: 40, framesPerSecond: 0.5) { _, position in UInt8(position % 250) }
        #expect(frozen == 10)
    }

    @Test func `One sample that changes is life`() throws {
        let frozen = try notice(count: 600, framesPerSecond: 25) { index, position in
            position == 200 ? UInt8(index % 2) : 7
        }
        #expect(frozen == nil)
    }

    @Test(arguments: [0, 255] as [UInt8])
    func `Where all samples are at an end of their range nothing is concluded`(level: UInt8) throws {
        let frozen = try notice(count: 600, framesPerSecond: 25) { _, position in position == 3 ? 90 : level }
        #expect(frozen == nil)
    }

    @Test func `A frozen source fails with its remedy`() throws {
        let clock = SteppingClock()
        let watch = FreezeWatch(FrozenSource(try frame(0) { UInt8($0 % 250) }), clock: clock)
        let error = #expect(throws: CameraError.self) {
            while try watch.nextFrame() != nil { clock.step(seconds: 1) }
        }
        #expect(error?.code == .frozen && error?.place == "frozen camera")
        #expect(error?.message == "the camera is frozen: the same frame for 10 s")
    }
}

/// Gives one frame for ever.
private final class FrozenSource: FrameSource {
    let description: SourceDescription
    private let frame: Frame

    init(_ frame: Frame) {
        self.frame = frame
        description = SourceDescription(name: "frozen camera", format: frame.format)
    }

    func nextFrame() -> Frame? { frame }
}
