// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@testable import Detection

@Suite struct FrameScanTests {
    /// A scan of a still scene of noise 3 ADU, warmed up.
    private struct Fixture {
        var frames: SyntheticFrames
        let background: BackgroundModel
        let scan: FrameScan

        init(
            width: Int = 160, height: Int = 200, bits: Int = 8, octaves: Int = 3, bands: Int = 1,
            kernels: PixelKernels = .fastest, seed: UInt64 = 3
        ) throws {
            frames = try SyntheticFrames(width: width, height: height, bitsPerSample: bits, seed: seed)
            background = BackgroundModel(
                format: frames.format, meanRate: 1 / 32, exclusionMask: nil, wanders: false, kernels: kernels)
            scan = FrameScan(
                format: frames.format, sigmas: [0.7, 1.2], octaves: octaves, watchesSensor: false, bandCount: bands,
                kernels: kernels)
            background.seed(frames.next())
            background.seedDeviation(3)
            background.setTypicalDeviation(3)
            for _ in 0..<150 { scan.learn(frames.next(), background: background, alignment: .identity) }
        }

        mutating func peaks(_ spots: [SyntheticFrames.Spot] = [], threshold: Double) -> [SpotPeak] {
            let frame = frames.next(spots: spots)
            let summed = scan.run(
                frame, background: background, alignment: .identity, threshold: threshold, summedThreshold: threshold)
            return (scan.singleFrame + summed).flatMap(\.peaks)
        }
    }

    @Test func `A spot in one frame is found where it is, as strong as the ideal filter says`() throws {
        var fixture = try Fixture(octaves: 0)
        // For a Gaussian of standard deviation s the ideal signal to noise is flux / (2 √π s σ).
        let flux = 12 * 2 * Double.pi.squareRoot() * 0.9 * 3
        var statistics: [Double] = []
        for index in 0..<40 {
            // Each at a place of its own: the background would follow a spot that comes again and again.
            let spot = SyntheticFrames.Spot(
                x: 20 + 15 * Double(index % 8) + 0.1 * Double(index % 10), y: 30 + 30.1 * Double(index / 8), flux: flux,
                sigma: 0.9)
            let peaks = fixture.peaks([spot], threshold: 6)
            let best = try #require(peaks.max { $0.statistic < $1.statistic })
            #expect(abs(Double(best.column) + best.offset.x - spot.x) < 0.6)
            #expect(abs(Double(best.row) + best.offset.y - spot.y) < 0.6)
            statistics.append(best.statistic)
        }
        let mean = statistics.reduce(0, +) / Double(statistics.count)
        #expect(mean > 10.4 && mean < 12.5, "mean statistic \(mean) of a spot of 12")
    }

    @Test func `A faint spot of eight frames stands out in the sum of eight frames`() throws {
        var fixture = try Fixture()
        let flux = 4 * 2 * Double.pi.squareRoot() * 0.9 * 3
        var best = [Int: Double]()
        for _ in 0..<8 {
            for peak in fixture.peaks([.init(x: 70, y: 61, flux: flux, sigma: 0.9)], threshold: 4)
            where abs(peak.column - 70) <= 1 && abs(peak.row - 61) <= 1 {
                best[peak.frames] = max(best[peak.frames] ?? 0, peak.statistic)
            }
        }
        #expect(best[8] ?? 0 > 8.5, "\(best)")
        #expect(best[8] ?? 0 > best[1] ?? 0)
    }

    @Test(arguments: [8, 12])
    func `Peaks of pure noise are as frequent as behind an ideal filter`(_ bits: Int) throws {
        var fixture = try Fixture(bits: bits, octaves: 0)
        var counts = [0, 0]
        for _ in 0..<300 {
            for peak in fixture.peaks(threshold: 3.5) where peak.sigma < 0.8 {
                counts[0] += 1
                if peak.statistic > 4 { counts[1] += 1 }
            }
        }
        let expected = FrameScanTests.idealPeaks(frames: 60, width: 160, height: 200, thresholds: [3.5, 4])
        for (found, ideal) in zip(counts, expected) {
            #expect(Double(found) > 0.7 * 5 * ideal && Double(found) < 1.4 * 5 * ideal, "\(counts), ideal \(expected)")
        }
    }

    /// Local maxima above thresholds in white noise of known width, filtered with [1 2 1] in both directions.
    private static func idealPeaks(frames: Int, width: Int, height: Int, thresholds: [Double]) -> [Double] {
        var random = SyntheticFrames.Random(state: 77)
        var counts = [Double](repeating: 0, count: thresholds.count)
        for _ in 0..<frames {
            let noise = (0..<(width * height)).map { _ in random.normal() }
            var field = [Double](repeating: 0, count: width * height)
            for y in 1..<(height - 1) {
                for x in 1..<(width - 1) {
                    var sum = 0.0
                    for (j, down) in [(-1, 1.0), (0, 2.0), (1, 1.0)] {
                        let row = (y + j) * width + x
                        sum += down * (noise[row - 1] + 2 * noise[row] + noise[row + 1])
                    }
                    field[y * width + x] = sum / 6
                }
            }
            for y in 1..<(height - 1) {
                for x in 1..<(width - 1) where field[y * width + x] > thresholds[0] {
                    let value = field[y * width + x]
                    let isPeak = (-1...1).allSatisfy { j in
                        (-1...1).allSatisfy { i in field[(y + j) * width + x + i] <= value }
                    }
                    guard isPeak else { continue }
                    for (index, threshold) in thresholds.enumerated() where value > threshold { counts[index] += 1 }
                }
            }
        }
        return counts
    }

    @Test func `Bands find what one pass finds`() throws {
        var whole = try Fixture(bands: 1)
        var bands = try Fixture(bands: 3)
        for index in 0..<24 {
            // Rows on both sides of the border between two bands.
            let spot = SyntheticFrames.Spot(x: 40 + Double(index), y: 58 + Double(index % 12), flux: 300, sigma: 1)
            let first = whole.peaks([spot], threshold: 5)
            let second = bands.peaks([spot], threshold: 5)
            func places(_ peaks: [SpotPeak]) -> Set<[Int]> {
                Set(peaks.filter { $0.statistic > 6 }.map { [$0.column, $0.row, $0.frames] })
            }
            #expect(places(first).isSubset(of: Set(second.map { [$0.column, $0.row, $0.frames] })))
            #expect(places(second).isSubset(of: Set(first.map { [$0.column, $0.row, $0.frames] })))
        }
    }

    @Test func `Every instruction set finds the same`() throws {
        var found: [[String]] = []
        for kernels in PixelKernels.available {
            var fixture = try Fixture(kernels: kernels)
            var list: [String] = []
            for _ in 0..<12 {
                list += fixture.peaks([.init(x: 50, y: 100, flux: 200, sigma: 1)], threshold: 4)
                    .map { "\($0.column) \($0.row) \($0.frames) \($0.statistic)" }.sorted()
            }
            found.append(list)
        }
        for list in found { #expect(list == found[0]) }
    }

    @Test(arguments: [(16, 16), (17, 33), (31, 250), (333, 19)])
    func `Frames of odd sizes are searched up to their edges`(_ width: Int, _ height: Int) throws {
        var fixture = try Fixture(width: width, height: height)
        for (x, y) in [(1, 1), (width - 2, height - 2), (width / 2, 0), (0, height / 2)] {
            let peaks = fixture.peaks([.init(x: Double(x), y: Double(y), flux: 400, sigma: 0.8)], threshold: 6)
            #expect(peaks.contains { abs($0.column - x) <= 1 && abs($0.row - y) <= 1 }, "at \(x), \(y)")
        }
    }

    @Test func `A mean in whole numbers follows a slow change without standing still`() throws {
        var fixture = try Fixture(octaves: 0)
        // Two ADU a minute at 25 frames a second: far less than a unit of the mean in a frame.
        var offset = 0.0
        for _ in 0..<1500 {
            offset += 2.0 / 1500
            let frame = fixture.frames.next(offset: offset)
            fixture.scan.learn(frame, background: fixture.background, alignment: .identity)
        }
        var sum = 0.0
        for y in 0..<200 { for x in 0..<160 { sum += Double(fixture.background.mean[x, y]) } }
        #expect(abs(sum / 32_000 - 42) < 0.1, "\(sum / 32_000)")
    }

    @Test func `The deviation of every pixel is learnt to a few per cent`() throws {
        var fixture = try Fixture(octaves: 0)
        for _ in 0..<1200 {
            fixture.scan.learn(fixture.frames.next(), background: fixture.background, alignment: .identity)
        }
        var sum = 0.0
        var square = 0.0
        for y in 0..<200 {
            for x in 0..<160 {
                let value = Double(fixture.background.deviation[x, y])
                sum += value
                square += value * value
            }
        }
        let mean = sum / 32_000
        // Rounding adds 1/12 ADU² to the variance of a sample, the mean's own noise 1/31 of it.
        #expect(abs(mean - 3.06) < 0.06, "\(mean)")
        #expect((square / 32_000 - mean * mean).squareRoot() < 0.08 * mean)
    }
}
