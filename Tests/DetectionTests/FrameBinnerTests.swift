// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@testable import Detection

@Suite struct FrameBinnerTests {
    @Test func `A binned pixel is the sum of four`() throws {
        var frames = try SyntheticFrames(width: 7, height: 5)
        var binner = try #require(FrameBinner(format: frames.format))
        let frame = frames.frame { x, y, _ in Double(10 * y + x) }
        let binned = binner.bin(frame)
        #expect(binned.format.width == 3 && binned.format.height == 2 && binned.format.bitsPerSample == 10)
        #expect(binned[0, 0] == 0 + 1 + 10 + 11)
        #expect(binned[2, 1] == 24 + 25 + 34 + 35)
    }

    @Test func `Deep samples are averaged where the sum has no room`() throws {
        var frames = try SyntheticFrames(width: 4, height: 4, bitsPerSample: 16)
        var binner = try #require(FrameBinner(format: frames.format))
        let binned = binner.bin(frames.frame { _, _, _ in 65_535 })
        #expect(binned.format.bitsPerSample == 16)
        #expect(binned[1, 1] == 65_535)
    }

    @Test func `A meteor is told in the camera's pixels`() throws {
        var frames = try SyntheticFrames(width: 320, height: 240, seed: 9)
        var settings = DetectorConfiguration.standard(for: .sky, framesPerSecond: 25)
        settings.binning = 2
        let detector = try Detector(configuration: settings, format: frames.format)
        var events: [DetectedEvent] = []
        for index in 0..<140 {
            let step = Double(index - 100)
            let spot = SyntheticFrames.Spot(x: 60 + 9 * step, y: 80 + 4 * step, flux: 900, sigma: 1.4)
            events += detector.process(frames.next(spots: (100..<112).contains(index) ? [spot] : []))
        }
        events += detector.finish()
        let meteor = try #require(events.first { $0.kind == .meteor })
        for point in meteor.track {
            let step = Double(point.frame - 100)
            #expect(abs(point.x - (60 + 9 * step)) < 1.2 && abs(point.y - (80 + 4 * step)) < 1.2)
        }
    }
}
