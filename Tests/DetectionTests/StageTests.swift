// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@testable import Detection

@Suite struct StageTests {
    @Test func `The temporal bank sums the frames it says`() {
        let bank = TemporalBank(octaves: 3, width: 8, height: 1)
        let row = ScratchRow(width: 8)
        var seen: [Int: [Double]] = [:]
        for frame in 0..<16 {
            for x in 0..<8 { row.base[x] = Float(frame % 4) }
            bank.push(row, row: 0) { octave, sum in seen[octave, default: []].append(Double(sum[3])) }
            bank.finishFrame()
        }
        // Sums over 2, 4, 8 frames of 0, 1, 2, 3, 0 … divided by √n, at every frame, every second, every fourth.
        #expect(seen[1]?.count == 15)
        #expect(seen[2]?.count == 7)
        #expect(seen[3]?.count == 3)
        #expect(abs((seen[1]?[1] ?? 0) - 3 / 2.0.squareRoot()) < 0.05)
        for sum in seen[2] ?? [] { #expect(abs(sum - 3) < 0.05) }
        for sum in seen[3] ?? [] { #expect(abs(sum - 12 / 8.0.squareRoot()) < 0.05) }
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

    @Test func `Scattered spots make no credible track`() {
        var linker = MotionLinker()
        var clutter = Clutter(width: 640, height: 480)
        var random = SyntheticFrames.Random(state: 11)
        var credible = 0
        for frame in 0..<1500 {
            let candidates = (0..<4).map { _ in
                spot(frame, 640 * random.uniform(), 480 * random.uniform(), 4.6 + random.uniform())
            }
            clutter.update(candidates, threshold: 4.5) { _ in false }
            let ended = linker.advance(frame: frame, candidates: candidates) { _ in true }.ended
            credible += ended.filter { $0.isPath && clutter.logFalseTracks($0, threshold: 4.5) < -20 }.count
        }
        #expect(credible == 0)
    }

    @Test func `A track of four bright spots is beyond chance`() throws {
        var clutter = Clutter(width: 640, height: 480)
        for frame in 0..<64 {
            let spots = [spot(frame, 100, 100, 4.7), spot(frame, 500, 300, 4.7), spot(frame, 20, 400, 4.7)]
            // Places that spots come back to are known for it.
            clutter.update(spots, threshold: 4.5) { _ in true }
        }
        let points = (0..<5).map { spot($0, 200 + 8 * Double($0), 150 + 2 * Double($0), 12) }
        let track = try #require(MovingTrack(points: points))
        #expect(clutter.logFalseTracks(track, threshold: 4.5) < -25)
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
