// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Camera

@Suite struct WindGustsTests {
    @Test func `Wind shakes the picture now and then, by no more than it may, and lets it rest between`() {
        var scene = SceneConfiguration.moon(width: 64, height: 48, durationSeconds: 120, seed: 2)
        scene.atmosphere = AtmosphereModel(gustsPerMinute: 6, gustPixels: 4)
        let shifts = FrameConditions.ofAllFrames(scene).map {
            ($0.wanderX * $0.wanderX + $0.wanderY * $0.wanderY).squareRoot()
        }
        let farthest = shifts.max() ?? 0
        #expect(farthest > 1 && farthest < 8)
        #expect(shifts.count { $0 == 0 } > shifts.count / 3)
        #expect(shifts.count { $0 > 0.5 } > 30)
        scene.atmosphere.gustPixels = 0
        #expect(FrameConditions.ofAllFrames(scene).allSatisfy { $0.wanderX == 0 && $0.wanderY == 0 })
    }
}
