// SPDX-License-Identifier: Apache-2.0

import Camera
import DetectionTrials
import Testing

@testable import Detection

/// Flashes on disks that wander and scintillate, and what wander and cloud must not become.
@Suite struct RestlessDiskTests {
    @Test(arguments: [SceneConfiguration.Kind.moon, .jupiter])
    func `An edge that jumps does not become a flash`(_ kind: SceneConfiguration.Kind) throws {
        var trial = StandardTrials.distraction(kind, by: nil, seconds: 10, seed: 11)
        trial.scene.atmosphere.wanderRMSPixels = 3
        trial.scene.atmosphere.scintillationFraction = 0.02
        let outcome = try trial.run()
        #expect(outcome.falseAlerts.isEmpty)
    }

    @Test func `A stack of frames displaced by parts of a pixel keeps the place of its light`() throws {
        // A decay: the brighter first frame has more light and more weight in the stack.
        let light = [1.0, 0.4, 0.15]
        let displacements = [SIMD2(0.4, -0.3), SIMD2(-0.4, 0.45), SIMD2(0.1, 0.2)]
        let place = SIMD2(32.2, 31.7)
        var frames = try SyntheticFrames(width: 64, height: 64, bitsPerSample: 16)
        frames.level = 4000
        frames.noise = 0
        let background = BackgroundModel(format: frames.format, meanRate: 1 / 128, exclusionMask: nil)
        background.seed(frames.next())
        var history = FrameHistory(wanted: 8, format: frames.format)
        var weighted: [FlashPhotometry.WeightedFrame] = []
        for (light, displacement) in zip(light, displacements) {
            let center = place + displacement
            let frame = frames.next(spots: [.init(x: center.x, y: center.y, flux: 20_000 * light, sigma: 1.4)])
            var alignment = SceneAlignment.identity
            alignment.displacement = displacement
            history.append(.init(frame: frame, alignment: alignment))
            weighted.append((frame.index, light))
        }
        var photometry = FlashPhotometry(widths: 0.8...2.2)
        let stack = try #require(
            photometry.stack(weighted, column: 32, row: 32, history: history, background: background))
        let fit = PointSpreadFit.fit(stack, level: 0, start: .zero, sigmas: [1.3, 1.4, 1.5, 1.6])
        let error = SIMD2(32, 32) + fit.offset - photometry.fraction(weighted, history: history) - place
        #expect(abs(error.x) < 0.03 && abs(error.y) < 0.03, "\(error)")
    }

    /// Gain errors of a filter that follows a gain over some hundred frames, relative to those that it began with.
    private func remainder(gain: (_ frame: Int) -> Float) -> (error: Float, share: Float) {
        let size = 96
        let light: Float = 30
        var random = SyntheticFrames.Random(state: 5)
        var local = LocalGain(width: size, height: size)
        let cells = local.columns * local.rows
        var filter = LocalGainFilter(cellCount: cells)
        let scores = CellScores(width: size, height: size)
        let row = ScoreRow(width: size)
        var square: Float = 0
        let frames = 400
        for frame in 0..<frames {
            let missed = gain(frame) - local.share(column: size / 2, row: size / 2)
            if frame >= frames / 2 { square += missed * missed }
            for y in 0..<size {
                for x in 0..<size {
                    row.base[x] = Int16(64 * (Float(random.normal()) + missed * light))
                }
                scores.add(row, row: y)
            }
            filter.follow(&local, scores: scores, light: [Float](repeating: light, count: cells))
        }
        return ((square / Float(frames / 2)).squareRoot(), filter.share)
    }

    @Test func `The local gain follows a cloud and stands still under a clear sky`() {
        // A cell of 16 × 16 pixels with a light of 30 σ tells the gain to 0.2 % in a frame.
        let clear = remainder { _ in 0 }
        #expect(clear.error < 0.0004 && clear.share < 0.05, "\(clear)")
        let cloud = remainder { 0.0005 * Float(abs($0 % 100 - 50)) }
        #expect(cloud.error < 0.003 && cloud.share > 0.1, "\(cloud)")
    }
}
