// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Camera

@Suite struct FrameStageTests {
    private func noise(frames: Int, width: Int = 64, height: Int = 48) throws -> NoiseField {
        try NoiseField(
            NoiseFieldConfiguration(
                width: width, height: height, framesPerSecond: 25, frameCount: frames, seed: 9))
    }

    private func all(_ source: any FrameSource) throws -> [Frame] {
        var frames: [Frame] = []
        while let frame = try source.nextFrame() { frames.append(frame) }
        return frames
    }

    @Test func `The block transform is undone by its inverse and keeps the power`() {
        let transform = BlockTransform()
        var random = Xoshiro256(seed: 1)
        let original = (0..<8).map { _ in SIMD8<Float>((0..<8).map { _ in Float(random.uniform(-100, 100)) }) }
        var block = original
        transform.forward(&block)
        let power = { (rows: [SIMD8<Float>]) in rows.reduce(Float(0)) { $0 + ($1 * $1).sum() } }
        #expect(abs(power(block) / power(original) - 1) < 1e-4)
        transform.inverse(&block)
        for (back, row) in zip(block, original) { #expect(abs((back - row).max()) < 1e-3) }
        var even = [SIMD8<Float>](repeating: SIMD8(repeating: 5), count: 8)
        transform.forward(&even)
        #expect(abs(even[0][0] - 40) < 1e-4 && abs(even[3][2]) < 1e-4)
    }

    @Test func `Compressed noise stands still in blocks and jumps with each new group`() throws {
        // Frames whose size is no multiple of the block.
        let frames = try all(
            BlockCompression(noise(frames: 40, width: 61, height: 43), stepADU: 12, groupLength: 20, skipBelowADU: 4.5)
        ).map(SceneFixtures.samples)
        let changed = zip(frames, frames.dropFirst()).map { before, after in
            Double(zip(before, after).count { $0 != $1 }) / Double(after.count)
        }
        // Noise of 3 ADU changes no whole block by 4.5 ADU root mean square, and of the cut ones at the edge, which have
        // fewer pixels, one now and then; at frame 20 all is coded anew.
        #expect(changed[0..<19].allSatisfy { $0 < 0.1 })
        #expect(changed[19] > 0.15)
        #expect(changed[20...].allSatisfy { $0 < 0.1 })
        let mean = frames[30].reduce(0, +)
        #expect(abs(Double(mean) / Double(61 * 43) - 60) < 1)
    }

    @Test func `A fine step without skipping changes nothing but the last digit`() throws {
        let plain = try all(noise(frames: 5)).map(SceneFixtures.samples)
        let coded = try all(BlockCompression(noise(frames: 5), stepADU: 0.1, groupLength: 3, skipBelowADU: 0))
            .map(SceneFixtures.samples)
        for (before, after) in zip(plain, coded) {
            #expect(zip(before, after).allSatisfy { abs($0 - $1) <= 1 })
        }
    }

    @Test func `Smoothing lowers the noise by the root of a over 2 - a and ties frames together`() throws {
        let frames = try all(TemporalSmoothing(noise(frames: 60), newShare: 0.3)).suffix(20)
            .map { SceneFixtures.samples($0).map(Double.init) }
        let expected = (9.083 * 0.3 / 1.7 + 1.0 / 12).squareRoot()
        #expect(abs(SceneFixtures.standardDeviation(frames[0]) / expected - 1) < 0.06)
        let products = zip(frames[0], frames[1]).map { ($0 - 60) * ($1 - 60) }
        #expect(abs(SceneFixtures.mean(products) / (expected * expected) - 0.66) < 0.1)
    }

    @Test func `Lost frames leave a gap that is counted, repeated frames look like the one before`() throws {
        let frames = try all(
            UnreliableTransport(noise(frames: 400), droppedShare: 0.1, repeatedShare: 0.2, seed: 5))
        #expect((330...380).contains(frames.count))
        for (before, after) in zip(frames, frames.dropFirst()) {
            #expect(after.index == before.index + 1 + after.droppedBefore)
            #expect(after.time != before.time)
        }
        let samples = frames.map(SceneFixtures.samples)
        let repeats = zip(samples, samples.dropFirst()).count { $0 == $1 }
        #expect((40...100).contains(repeats))
    }

    @Test func `A tone curve keeps black and white and lifts the shadows`() throws {
        let plain = try all(noise(frames: 1)).map(SceneFixtures.samples)[0]
        let bent = try all(GammaCurve(noise(frames: 1), exponent: 0.45)).map(SceneFixtures.samples)[0]
        #expect(try all(GammaCurve(noise(frames: 1), exponent: 1)).map(SceneFixtures.samples)[0] == plain)
        // 255 (60/255)^0.45 = 132.96
        #expect(zip(plain, bent).allSatisfy { $0 != 60 || $1 == 133 })
        #expect(plain.contains(60))
    }

    @Test func `Stages stack, whatever the depth of the samples`() throws {
        var configuration = NoiseFieldConfiguration(
            width: 40, height: 32, framesPerSecond: 25, frameCount: 3, seed: 1)
        configuration.bitsPerSample = 12
        configuration.background = .flat(levelADU: 1000)
        let source = try GammaCurve(
            BlockCompression(TemporalSmoothing(NoiseField(configuration), newShare: 0.5), stepADU: 12, skipBelowADU: 4))
        let frames = try all(source)
        #expect(frames.count == 3)
        #expect(source.description.format.bitsPerSample == 12)
        #expect(SceneFixtures.samples(frames[2]).allSatisfy { (2000...2300).contains($0) })
    }
}
