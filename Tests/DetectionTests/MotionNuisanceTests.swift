// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Detection

/// What crosses the sky besides meteors, where it shows little of what it is.
@Suite struct MotionNuisanceTests {
    private let classifier = MotionClassifier(
        configuration: .standard(for: .sky, framesPerSecond: 25), width: 640, height: 480)

    @Test func `The steady light between two strobes of an aeroplane is no meteor`() {
        let found = SyntheticSpots.watch { frame, spots in
            guard (100..<300).contains(frame) else { return [] }
            let x = 20 + 1.4 * Double(frame - 100)
            if frame % 25 == 0 { return [spots.spot(frame: frame, x: x, y: 60, statistic: 30)] }
            // The steady light is seen in the middle between the strobes.
            let isSeen = (8..<16).contains(frame % 25)
            return isSeen ? [spots.spot(frame: frame, x: x, y: 60, statistic: 7.5)] : []
        }
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { classifier.judge($0).kind == .aircraft })
    }

    @Test func `A meteor that ends in a flare of many frames carries no strobe`() {
        let found = SyntheticSpots.watch { frame, spots in
            guard (100..<130).contains(frame), !(112..<117).contains(frame) else { return [] }
            let place = SIMD2(30 + 4 * Double(frame - 100), 60)
            return [spots.spot(frame: frame, x: place.x, y: place.y, statistic: frame < 112 ? 8 : 40)]
        }
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { !$0.repeats })
    }

    @Test func `A light that is steady for more than a second is a satellite`() throws {
        var spots = SyntheticSpots(width: 640, height: 480, seed: 1)
        let points = (0..<35).map { spots.spot(frame: $0, x: 100 + 3 * Double($0), y: 80, statistic: 15) }
        let verdict = classifier.judge(try #require(MovingTrack(points: points)))
        #expect(verdict.kind == .satellite)
        #expect(!verdict.isAlert)
    }

    @Test func `A halo that could not be measured does not speak for a meteor`() throws {
        func judge(haloError: Double) throws -> Verdict {
            var spots = SyntheticSpots(width: 640, height: 480, seed: 1)
            let points = (0..<8).map { frame in
                // Places scatter by more than those of a point of this strength.
                let across = frame.isMultiple(of: 2) ? 0.7 : -0.7
                var spot = spots.spot(frame: frame, x: 100 + 6 * Double(frame), y: 80 + across, statistic: 6)
                spot.haloError = haloError
                return spot
            }
            return classifier.judge(try #require(MovingTrack(points: points)))
        }
        #expect(try judge(haloError: 0.02).kind == .meteor)
        #expect(try judge(haloError: 1).kind == .other)
    }

    @Test func `Spots that are all wider than a point make no meteor`() throws {
        func judge(breadth: Double) throws -> Verdict {
            var spots = SyntheticSpots(width: 640, height: 480, seed: 1)
            let points = (0..<8).map { frame in
                let across = frame.isMultiple(of: 2) ? 0.7 : -0.7
                var spot = spots.spot(frame: frame, x: 100 + 6 * Double(frame), y: 80 + across, statistic: 7)
                spot.breadth = breadth
                return spot
            }
            return classifier.judge(try #require(MovingTrack(points: points)))
        }
        #expect(try judge(breadth: 15).kind == .other)
        #expect(try judge(breadth: -12).kind == .meteor)
        #expect(try judge(breadth: 0).kind == .meteor)
    }

    @Test func `The wake beside a long bent path belongs to it`() throws {
        var spots = SyntheticSpots(width: 1200, height: 900, seed: 1)
        func place(_ frame: Int) -> SIMD2<Double> {
            let time = Double(frame)
            return SIMD2(860 - 2 * time, 700 - 0.0034 * time * time)
        }
        let head = (0..<250).map {
            let spot = place($0)
            return spots.spot(frame: $0, x: spot.x, y: spot.y, statistic: 30)
        }
        let wake = (180..<250).map {
            let spot = place($0 - 8)
            return spots.spot(frame: $0, x: spot.x, y: spot.y, statistic: 12)
        }
        let first = try #require(MovingTrack(points: head))
        let second = try #require(MovingTrack(points: wake))
        #expect(TrackMerger.belong(first, second))
        #expect(TrackMerger.belong(second, first))
    }
}
