// SPDX-License-Identifier: Apache-2.0

import Camera
import DetectionTrials
import Testing

@testable import Detection

/// Flashes on disks that wander and scintillate, and what wander and cloud must not become.
@Suite struct RestlessDiskTests {
    @Test(arguments: [SceneConfiguration.Kind.moon, .jupiter])
    func `An edge that jumps does not become a flash`(_ kind: SceneConfiguration.Kind) throws {
        var trial = StandardTrials.distraction(kind, by: nil, seconds: 6, seed: 11)
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
        let stacked = photometry.stack(weighted, column: 32, row: 32, history: history, background: background)
        let stack = try #require(stacked)
        let fit = PointSpreadFit.fit(stack, level: 0, start: .zero, sigmas: [1.3, 1.4, 1.5, 1.6])
        let error = SIMD2(32, 32) + fit.offset - photometry.fraction(weighted, history: history) - place
        #expect(abs(error.x) < 0.03 && abs(error.y) < 0.03, "\(error)")
    }

    /// Errors of a filter that follows a gain rising along the rows, over the second half of some hundred frames.
    private func remainder(gain: (_ frame: Int) -> Float) throws -> (error: Float, share: Float) {
        let size = 96
        let light: Float = 30
        var random = SyntheticFrames.Random(state: 5)
        var local = LocalGain(width: size, height: size)
        var filter = LocalGainFilter(cellCount: local.columns * local.rows)
        var flat = try SyntheticFrames(width: size, height: size, bitsPerSample: 16)
        flat.level = 4000
        flat.noise = 0
        let background = BackgroundModel(format: flat.format, meanRate: 1 / 128, exclusionMask: nil)
        background.seed(flat.next())
        background.seedDeviation(100)
        let scores = CellScores(width: size, height: size)
        scores.weigh(background, dark: 1000, all: true)
        let ring = RowRing(width: size, rows: 0..<1)
        var square: Float = 0
        let frames = 400
        for frame in 0..<frames {
            func missed(_ x: Int, _ y: Int) -> Float {
                gain(frame) * (Float(2 * x + 1) / Float(size) - 1) - local.share(column: x, row: y)
            }
            if frame >= frames / 2 { square += missed(size / 4, size / 2) * missed(size / 4, size / 2) }
            for y in 0..<size {
                for x in 0..<size {
                    ring[0].base[x] = Int16(64 * (Float(random.normal()) + missed(x, y) * light))
                }
                scores.add(ring[0], row: y)
            }
            filter.follow(&local, scores: scores)
        }
        return ((square / Float(frames / 2)).squareRoot(), filter.share)
    }

    @Test func `The local gain follows a cloud and stands still under a clear sky`() throws {
        // A cell of 8 × 8 pixels with a light of 30 σ tells the gain to 0.4 % in a frame.
        let clear = try remainder { _ in 0 }
        #expect(clear.error < 0.0015 && clear.share < 0.1, "\(clear)")
        let cloud = try remainder { 0.002 * Float(abs($0 % 100 - 50)) }
        #expect(cloud.error < 0.01 && cloud.share > clear.share, "\(cloud)")
    }
}
