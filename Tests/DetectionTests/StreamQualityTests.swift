// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@testable import Detection

/// Streams of each kind, as a detector sees them.
@Suite struct StreamQualityTests {
    private static let width = 160
    private static let height = 120

    /// Runs frames through a detector; `sample` gives the noise of a pixel in units of its standard deviation.
    private func quality(
        frames count: Int = 220, noise: Double = 4, target: ObservationTarget = .sky,
        makeNoise: (_ frame: Int, _ last: [Double], inout SyntheticFrames.Random) -> [Double]
    ) throws -> DetectorStatus {
        var frames = try SyntheticFrames(width: Self.width, height: Self.height, seed: 7)
        var random = SyntheticFrames.Random(state: 21)
        let detector = try Detector(configuration: .standard(for: target), format: frames.format)
        var field = [Double](repeating: 0, count: Self.width * Self.height)
        for index in 0..<count {
            field = makeNoise(index, field, &random)
            let present = field
            let frame = frames.frame { x, y, _ in 60 + noise * present[y * Self.width + x] }
            _ = detector.process(frame)
        }
        return detector.status
    }

    private static func white(_ random: inout SyntheticFrames.Random) -> [Double] {
        (0..<(width * height)).map { _ in random.normal() }
    }

    @Test func `White noise is independent`() throws {
        let stream = try quality { _, _, random in Self.white(&random) }.stream
        #expect(stream.verdict == .independent)
        #expect(abs(stream.temporalCorrelation) < 0.05, "\(stream.temporalCorrelation)")
        #expect(abs(stream.neighbourCorrelation) < 0.05, "\(stream.neighbourCorrelation)")
        #expect(abs(stream.blockiness) < 0.05, "\(stream.blockiness)")
        #expect(stream.repeatedFrames == 0 && stream.repeatedPixels < 0.15)
        #expect(stream.advice == nil)
    }

    @Test func `A recursive noise filter is recognised by its share of the old picture`() throws {
        // f(t) = 0.6 f(t-1) + 0.4 n(t) has the correlation 0.6; the factor keeps the variance at 1.
        let stream = try quality { _, last, random in
            zip(last, Self.white(&random)).map { 0.6 * $0 + 0.8 * $1 }
        }.stream
        #expect(stream.verdict == .smoothed)
        #expect(abs(stream.temporalCorrelation - 0.6) < 0.08, "\(stream.temporalCorrelation)")
        #expect(stream.advice != nil)
    }

    @Test func `A drifting cloud and dawn are not taken for a noise filter`() throws {
        let stream = try quality { frame, _, random in
            Self.white(&random).enumerated().map { index, noise in
                let x = Double(index % Self.width)
                // A bank of cloud, ten times as bright as the noise, crosses at half a pixel a frame.
                let distance = (x - 0.5 * Double(frame)) / 40
                return noise + 10 / (1 + distance * distance) + 0.02 * Double(frame)
            }
        }.stream
        #expect(stream.verdict == .independent)
        #expect(stream.temporalCorrelation < 0.15, "\(stream.temporalCorrelation)")
    }

    @Test func `Blocks of eight pixels give compression away`() throws {
        let stream = try quality { _, _, random in
            // Each block has its own error of level and little noise inside, as coarse quantisation leaves it.
            let columns = Self.width / 8
            let levels = (0..<(columns * Self.height / 8)).map { _ in random.normal() }
            return Self.white(&random).enumerated().map { index, noise in
                let (x, y) = (index % Self.width, index / Self.width)
                return 0.8 * noise + 0.6 * levels[y / 8 * columns + x / 8]
            }
        }.stream
        #expect(stream.verdict == .compressed)
        #expect(stream.blockiness > 0.1, "\(stream.blockiness)")
    }

    @Test func `Every other frame repeated is a doubled frame rate`() throws {
        let status = try quality { frame, last, random in frame % 2 == 1 ? last : Self.white(&random) }
        #expect(status.stream.verdict == .duplicatedFrames)
        #expect(abs(status.stream.repeatedFrames - 0.5) < 0.05, "\(status.stream.repeatedFrames)")
        #expect(status.blindness == nil)
    }

    @Test func `Interpolated neighbours are measured and are no reason to act`() throws {
        let stream = try quality { _, _, random in
            let white = Self.white(&random)
            return white.indices.map { ($0 > 0 ? white[$0 - 1] : 0) * 0.5 + white[$0] * 0.866 }
        }.stream
        #expect(stream.neighbourCorrelation > 0.3, "\(stream.neighbourCorrelation)")
        #expect(stream.verdict == .independent)
    }

    @Test(arguments: [(16, 16), (17, 40), (9, 300)])
    func `Frames of any shape can be sampled`(_ width: Int, _ height: Int) throws {
        var frames = try SyntheticFrames(width: width, height: height)
        var sampler = StreamSampler(format: frames.format)
        let background = BackgroundModel(format: frames.format, meanRate: 1 / 32, exclusionMask: nil)
        for _ in 0..<4 { sampler.observe(frames.next(), background: background, alignment: .identity) }
        #expect(sampler.quality.framesSeen == 4)
    }
}
