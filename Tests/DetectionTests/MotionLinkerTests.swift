// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Detection

/// Linking of spots into tracks, and what chance makes of spots without meaning.
@Suite struct MotionLinkerTests {
    @Test(arguments: [(320, 240, 0.3, 60_000), (1280, 720, 5, 6000)])
    func `Chance makes about as many tracks of noise as the clutter's count says`(
        _ width: Int, _ height: Int, _ spotsPerFrame: Double, _ frames: Int
    ) {
        var spots = SyntheticSpots(width: width, height: height, seed: 3)
        var linker = MotionLinker()
        var clutter = Clutter(width: width, height: height)
        var found = 0
        for frame in 0..<frames {
            let noise = spots.noise(frame: frame, mean: spotsPerFrame)
            let (paths, owned) = linker.advance(frame: frame, candidates: noise) { _ in true }
            clutter.update(noise.filter { !owned.contains($0.identifier) }, threshold: 4.5) { _ in false }
            found += paths.count { $0.isPath && clutter.logFalseTracks($0, threshold: 4.5) < -8 }
        }
        // e^-8 a frame; tracks that share spots are counted each.
        let expected = Double(frames) * 3.35e-4
        #expect(Double(found) > 0.1 * expected && Double(found) < 6 * expected, "\(found) for \(expected)")
    }

    @Test func `A faint track of five spots among noise is found`() {
        let found = SyntheticSpots.watch { frame, spots in
            (100..<105).contains(frame)
                ? [spots.spot(frame: frame, x: 50 + 4 * Double(frame - 100), y: 60, statistic: 6)] : []
        }
        #expect(found.count == 1)
        #expect(found.first?.points.count == 5)
    }

    @Test func `A track with holes is found once`() {
        let found = SyntheticSpots.watch { frame, spots in
            (100..<130).contains(frame) && ![104, 105, 106, 107, 112, 118, 119].contains(frame)
                ? [spots.spot(frame: frame, x: 50 + 5 * Double(frame - 100), y: 60, statistic: 8)] : []
        }
        #expect(found.count == 1)
        #expect(found.first?.firstFrame == 100)
        #expect(found.first?.lastFrame == 129)
    }

    @Test func `The noisy place of light along a long trail does not break the track`() {
        var random = SyntheticFrames.Random(state: 8)
        let found = SyntheticSpots.watch { frame, spots in
            guard (100..<110).contains(frame) else { return [] }
            let jitter = 14 * (random.uniform() - 0.5)
            return [spots.spot(frame: frame, x: 50 + 14 * Double(frame - 100) + jitter, y: 60, statistic: 6)]
        }
        #expect(found.count == 1)
        #expect((found.first?.points.count ?? 0) >= 8)
    }

    @Test func `One strong spot and two peaks of noise in line are no track`() {
        let found = SyntheticSpots.watch { frame, spots in
            switch frame {
            case 100: [spots.spot(frame: frame, x: 50, y: 60, statistic: 80)]
            case 101: [spots.spot(frame: frame, x: 58, y: 60, statistic: 4.7)]
            case 102: [spots.spot(frame: frame, x: 66, y: 60, statistic: 4.7)]
            default: []
            }
        }
        #expect(found.isEmpty)
    }

    @Test func `Hardly one in fifty spots that creep as in compressed video becomes a track`() {
        var random = SyntheticFrames.Random(state: 4)
        var begun = 0
        var creeping: [(SIMD2<Double>, SIMD2<Double>)] = []
        let found = SyntheticSpots.watch(frames: 1500) { frame, spots in
            if random.uniform() < 0.5 {
                begun += 1
                let place = SIMD2(20 + 280 * random.uniform(), 20 + 200 * random.uniform())
                creeping.append((place, SIMD2(2 * random.uniform() - 1, 2 * random.uniform() - 1)))
            }
            creeping = creeping.filter { _ in random.uniform() < 0.75 }.map { ($0.0 + $0.1, $0.1) }
            return creeping.map { place, _ in
                let jitter = 0.6 * SIMD2(random.uniform() - 0.5, random.uniform() - 0.5)
                return spots.spot(
                    frame: frame, x: place.x + jitter.x, y: place.y + jitter.y, statistic: 5 + 2 * random.uniform())
            }
        }
        #expect(Double(found.count) < 0.03 * Double(begun), "\(found.count) of \(begun)")
    }

    @Test func `A track that the end of the stream cuts is told if it is credible by then`() {
        let found = SyntheticSpots.watch(frames: 105) { frame, spots in
            frame >= 100 ? [spots.spot(frame: frame, x: 1, y: 60 + 10 * Double(frame - 100), statistic: 12)] : []
        }
        #expect(found.count == 1)
        #expect(found.first?.lastFrame == 104)
    }

    @Test func `A path that a wide lens bends stays one track`() {
        let found = SyntheticSpots.watch { frame, spots in
            guard (100..<200).contains(frame) else { return [] }
            let step = Double(frame - 100)
            return [spots.spot(frame: frame, x: 30 + 2.5 * step, y: 30 + 0.006 * step * step, statistic: 15)]
        }
        #expect(found.count == 1)
        #expect((found.first?.points.count ?? 0) >= 95)
    }

    @Test func `Flashes on one path a second apart are marked as repeating`() {
        let found = SyntheticSpots.watch { frame, spots in
            guard (100..<300).contains(frame), frame % 25 < 5 else { return [] }
            let flash = frame % 25 == 1 || frame % 25 == 2
            return [spots.spot(frame: frame, x: 30 + 1.2 * Double(frame - 100), y: 60, statistic: flash ? 25 : 5)]
        }
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.repeats })
    }
}

/// Spots without pictures, for tests of what comes after detection.
struct SyntheticSpots {
    let width: Int
    let height: Int
    private var random: SyntheticFrames.Random
    private var identifier = 0

    init(width: Int, height: Int, seed: UInt64) {
        (self.width, self.height) = (width, height)
        random = SyntheticFrames.Random(state: seed)
    }

    /// A spot of a point source.
    mutating func spot(
        frame: Int, x: Double, y: Double, statistic: Double, flux: Double? = nil, halo: Double = 0
    ) -> Candidate {
        identifier += 1
        return Candidate(
            identifier: identifier, frame: frame, frames: 1, place: SIMD2(x, y), placeError: 0.2, statistic: statistic,
            sigma: 0.8, flux: flux ?? 10 * statistic, fluxError: 10, isSaturated: false, halo: halo)
    }

    /// Spots of Gaussian noise above 4.5 σ, anywhere, of a mean number.
    mutating func noise(frame: Int, mean: Double) -> [Candidate] {
        // Steps of an exponential distribution within the mean: Poisson's distribution.
        var spots: [Candidate] = []
        var sum = -Self.logarithm(random.uniform())
        while sum < mean {
            let statistic = (20.25 - 2 * Self.logarithm(random.uniform())).squareRoot()
            let (x, y) = (random.uniform() * Double(width), random.uniform() * Double(height))
            spots.append(spot(frame: frame, x: x, y: y, statistic: statistic))
            sum -= Self.logarithm(random.uniform())
        }
        return spots
    }

    /// The tracks that a watch over noise and added spots finds.
    static func watch(
        frames: Int = 400, _ body: (Int, inout SyntheticSpots) -> [Candidate]
    ) -> [MovingTrack] {
        var spots = SyntheticSpots(width: 320, height: 240, seed: 11)
        var motion = MotionWatch(width: 320, height: 240, framesPerSecond: 25, falseAlarmsPerHour: 1)
        var found: [MovingTrack] = []
        for frame in 0..<frames {
            let candidates = (spots.noise(frame: frame, mean: 0.3) + body(frame, &spots))
                .sorted { $0.statistic > $1.statistic }
            found += motion.advance(frame: frame, candidates: candidates, threshold: 4.5, isFlooded: false).ended
        }
        return found + motion.finish(threshold: 4.5)
    }

    /// ln by the series of the inverse hyperbolic tangent, enough for tests.
    private static func logarithm(_ value: Double) -> Double {
        let number = max(value, 1e-300)
        let exponent = Double(number.exponent)
        let x = (number.significand - 1) / (number.significand + 1)
        var sum = 0.0
        var power = x
        for term in 0..<20 {
            sum += power / Double(2 * term + 1)
            power *= x * x
        }
        return 2 * sum + exponent * 0.693147180559945
    }
}
