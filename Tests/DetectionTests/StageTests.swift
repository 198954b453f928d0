// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@testable import Detection

@Suite struct StageTests {
    @Test func `The temporal bank sums the frames it says`() {
        let input = RowRing(width: 8, rows: 0..<1)
        let bank = TemporalBank(octaves: 3, input: input, inputUnit: 12, width: 8, kernels: .fastest)
        var seen: [Int: [Double]] = [:]
        for frame in 0..<16 {
            for x in 0..<8 { input[0].base[x] = Int16(12 * (frame % 4)) }
            let due = (0..<bank.dueOctaves).filter { bank.isComplete(octave: $0 + 1) }
            bank.push(row: 0)
            for octave in due {
                seen[octave + 1, default: []].append(Double(bank.sums[octave][0][3]) / bank.units[octave])
            }
            bank.finishFrame()
        }
        // Sums over 2, 4, 8 frames of 0, 1, 2, 3, 0 … divided by √n, at every frame, every second, every fourth.
        #expect(seen[1]?.count == 15)
        #expect(seen[2]?.count == 7)
        #expect(seen[3]?.count == 3)
        #expect(abs((seen[1]?[1] ?? 0) - 3 / 2.0.squareRoot()) < 0.1)
        for sum in seen[2] ?? [] { #expect(abs(sum - 3) < 0.1) }
        for sum in seen[3] ?? [] { #expect(abs(sum - 12 / 8.0.squareRoot()) < 0.1) }
    }

    @Test func `Cubic weights reproduce a parabola`() {
        for offset in [-0.5, -0.3, 0, 0.2, 0.5] {
            let weights = CubicWeights(offset: offset)
            let value = (-2...2).reduce(0.0) { $0 + Double(weights[$1]) * Double($1 * $1) }
            #expect(abs(value - offset * offset) < 1e-5)
        }
    }

    @Test func `A wandering scene is registered to a tenth of a pixel`() throws {
        var frames = try SyntheticFrames(width: 96, height: 80)
        var registration = SceneRegistration()
        let background = BackgroundModel(format: frames.format, meanRate: 1 / 64, exclusionMask: nil)
        let scan = FrameScan(format: frames.format, sigmas: [1.2], octaves: 0, watchesSensor: false)
        func disk(_ dx: Double, _ dy: Double) -> Frame {
            frames.frame { x, y, random in
                let u = Double(x) - 48 - dx
                let v = Double(y) - 40 - dy
                let edge = 28 - (u * u + v * v).squareRoot()
                let light = 120 / (1 + exponential(-edge / 1.2)) * (1 + 0.2 * sine(0.5 * v))
                return 10 + light + 1.5 * random.normal()
            }
        }
        background.seed(disk(0, 0))
        background.seedDeviation(2)
        var worst = 0.0
        for index in 1..<60 {
            let shift = SIMD2(1.4 * sine(Double(index)), 1.1 * sine(1.7 * Double(index)))
            let frame = disk(shift.x, shift.y)
            let result = registration.align(frame, to: background)
            scan.learn(frame, background: background, alignment: result.alignment)
            if index > 20 { worst = max(worst, MovingTrack.distance(result.alignment.displacement, shift)) }
        }
        #expect(worst < 0.1, "worst error \(worst) pixels")
    }

    @Test func `Spots in uniform motion become one track across gaps`() {
        var linker = MotionLinker()
        var ended: [MovingTrack] = []
        for frame in 0..<40 {
            var candidates: [Candidate] = []
            if (5..<20).contains(frame), frame != 9, frame != 14 {
                candidates.append(spot(frame, 10 + 3 * Double(frame), 80 - 1.5 * Double(frame), 8))
            }
            ended += linker.advance(frame: frame, candidates: candidates) { _ in true }.ended
        }
        let longest = ended.max { $0.points.count < $1.points.count }
        #expect(longest?.points.count == 13)
        #expect(abs((longest?.speed ?? 0) - 3.354) < 0.05)
    }

    @Test func `A pixel hit again and again is masked as hot`() {
        var pixels = HotPixels(width: 100)
        let isHot = [(3, 10), (3, 11), (3, 50), (9, 60), (3, 90)].map { column, frame in
            pixels.note(column: column, row: 4, frame: frame)
        }
        #expect(isHot == [false, false, false, false, true])
    }

    private func spot(_ frame: Int, _ x: Double, _ y: Double, _ statistic: Double) -> Candidate {
        Candidate(
            identifier: frame * 1000 + Int(x) + Int(y), frame: frame, frames: 1, place: SIMD2(x, y), placeError: 0.2,
            statistic: statistic, sigma: 1.2, flux: 100, fluxError: 10, isSaturated: false)
    }

    private func exponential(_ x: Double) -> Double {
        var value = 1 + max(min(x, 30), -30) / 65_536
        for _ in 0..<16 { value *= value }
        return value
    }

    private func sine(_ x: Double) -> Double {
        var angle = x.truncatingRemainder(dividingBy: 2 * .pi)
        if angle > .pi { angle -= 2 * .pi }
        if angle < -.pi { angle += 2 * .pi }
        let square = angle * angle
        return angle * (1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72 * (1 - square / 110)))))
    }
}
