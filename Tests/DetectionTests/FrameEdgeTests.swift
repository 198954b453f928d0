// SPDX-License-Identifier: Apache-2.0

import Detection
import Testing

@Suite struct FrameEdgeTests {
    /// Alerts of a Moon whose scene moves by four pixels to the right, where a flash then shines at a column of the frame.
    private func alerts(flashAtColumn column: Double) throws -> Int {
        var frames = try SyntheticFrames(width: 160, height: 120, seed: 4)
        let detector = try Detector(
            configuration: .standard(for: .moon, framesPerSecond: 30), format: frames.format)
        var count = 0
        for index in 0..<340 {
            let shift = min(max(Double(index - 200) / 10, 0), 4)
            var spots: [SyntheticFrames.Spot] = []
            for x in stride(from: 24.0, to: 140, by: 24) {
                for y in stride(from: 20.0, to: 110, by: 24) {
                    spots.append(.init(x: x + shift, y: y, flux: 2500, sigma: 2))
                }
            }
            if (280..<284).contains(index) { spots.append(.init(x: column, y: 56, flux: 220, sigma: 1.4)) }
            count += detector.process(frames.next(spots: spots)).count { $0.isAlert }
        }
        return count + detector.finish().count { $0.isAlert }
    }

    @Test func `A flash whose light the edge of the frame cuts is no alert, wherever the scene has wandered`() throws {
        #expect(try alerts(flashAtColumn: 157) == 0)
        #expect(try alerts(flashAtColumn: 150) == 1)
    }
}
