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

    /// The background is moved after the scene each time that it has drifted by 24 pixels.
    @Test(arguments: [6, 7] as [UInt64])
    func `A scene that drifts through the field raises no alert when the background is moved after it`(
        seed: UInt64
    ) throws {
        var trial = StandardTrials.distraction(.moon, by: nil, seconds: 20, seed: seed)
        trial.scene.atmosphere.wanderRMSPixels = 1
        trial.scene.driftXPixelsPerSecond = 2.5
        trial.scene.driftYPixelsPerSecond = 0.8
        let outcome = try trial.run()
        #expect(outcome.falseAlerts.count == 0)
    }

    @Test func `What comes into the frame says nothing until it is known`() throws {
        var frames = try SyntheticFrames(width: 64, height: 48, bitsPerSample: 16)
        frames.noise = 3
        let background = BackgroundModel(format: frames.format, meanRate: 1 / 128, exclusionMask: nil)
        let scan = FrameScan(format: frames.format, sigmas: [1.4], octaves: 0, watchesSensor: false)
        frames.level = 1000
        background.seed(frames.next())
        background.seedDeviation(3)
        background.setTypicalDeviation(3)
        for _ in 0..<200 { scan.learn(frames.next(), background: background, alignment: .identity) }
        background.scroll(columns: -8, rows: 5)
        // The scene that comes in is brighter than that which was there.
        frames.level = 1500
        for _ in 0..<(UnseenArea.learningFrames - 1) {
            scan.learn(frames.next(), background: background, alignment: .identity)
        }
        #expect(background.deviation[3, 20] > 1000 && background.deviation[30, 45] > 1000)
        scan.learn(frames.next(), background: background, alignment: .identity)
        for (column, row) in [(0, 0), (7, 20), (30, 43), (63, 47)] {
            #expect(abs(background.mean[column, row] - 1500) < 2, "\(column), \(row)")
            #expect((2...4.5).contains(background.deviation[column, row]), "\(column), \(row)")
        }
        // What was known before learns as slowly as ever.
        #expect(background.mean[30, 20] < 1100)
    }

    @Test func `Gain and width of the output move with the scene`() {
        var gain = LocalGain(width: 240, height: 240)
        gain.change(cell: gain.cell(column: 100, row: 60), by: 0.1)
        let before = gain.value(column: 100, row: 60)
        gain.scroll(columns: -16, rows: 8)
        #expect(abs(gain.value(column: 116, row: 52) - before) < 1e-6)
        var scale = LocalScale(width: 64, height: 64)
        let loud = [Int16](repeating: 300, count: 64)
        for _ in 0..<200 { scale.learn(loud, first: 20, step: 64, row: 20, unit: 100) }
        let width = scale.width(column: 20, row: 20)
        #expect(width > 1.5 && scale.width(column: 40, row: 20) == 1)
        scale.scroll(columns: -16, rows: 0)
        #expect(scale.width(column: 36, row: 20) == width)
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
