// SPDX-License-Identifier: Apache-2.0

import Propagation
import Testing
import UTC

@testable import Alerts

@Suite struct PredictionLifeTests {
    private let life = PredictionLife(tolerance: PredictionTolerance())
    private let now = UTCInstant(secondsSince1970: 1_700_000_000)

    private func time(_ hour: Double) -> UTCInstant { now.advanced(bySeconds: 3600 * hour) }

    private func interval(_ start: Double, _ stop: Double, peak: Double = 1, isOpenAtStop: Bool = false) -> WindInterval
    {
        WindInterval(
            start: time(start), stop: time(stop), isOpenAtStart: false, isOpenAtStop: isOpenAtStop, peak: peak,
            peakTime: time((start + stop) / 2), mean: peak, quality: 1, angleDegrees: 10)
    }

    private func published(_ interval: WindInterval, number: Int64 = 1, missed: Int = 0) -> PublishedPrediction {
        PublishedPrediction(
            number: number, rule: "r", revision: 1, ivorn: "ivo://x/y#\(number)", interval: interval, missedRuns: missed
        )
    }

    private func steps(_ open: [PublishedPrediction], _ found: [WindInterval]) -> [PredictionLife.Step] {
        life.steps(open: open, found: found, now: now, searched: time(-72)...time(336))
    }

    @Test func `What moves within the tolerance is the same prediction`() {
        #expect(steps([published(interval(10, 20))], [interval(15, 25, peak: 1.2)]) == [])
    }

    @Test(arguments: [(17.0, 20.0, 1.0), (10, 27, 1), (10, 20, 1.4), (10, 20, 0.6)])
    func `What moves beyond the tolerance supersedes`(start: Double, stop: Double, peak: Double) {
        let old = published(interval(10, 20))
        let new = interval(start, stop, peak: peak)
        #expect(steps([old], [new]) == [.supersede(old, by: new)])
    }

    @Test func `An end that lay outside the run counts once it is known`() {
        let old = published(interval(300, 336, isOpenAtStop: true))
        #expect(steps([old], [interval(300, 330, isOpenAtStop: true)]) == [])
        let new = interval(300, 330)
        #expect(steps([old], [new]) == [.supersede(old, by: new)])
    }

    @Test func `Of two intervals the nearer is the old one, the other is new`() {
        let old = published(interval(10, 20))
        let other = interval(24, 30)
        #expect(steps([old], [interval(11, 19), other]) == [.announce(other)])
    }

    @Test func `Two predictions never become one interval`() {
        let first = published(interval(10, 20))
        let second = published(interval(26, 36), number: 2)
        #expect(steps([first, second], [interval(26, 36)]) == [.miss(first)])
    }

    @Test func `One run without it is an accident, two take it back`() {
        let old = published(interval(10, 20))
        #expect(steps([old], []) == [.miss(old)])
        let missed = published(interval(10, 20), missed: 1)
        #expect(steps([missed], []) == [.retract(missed)])
        #expect(steps([missed], [interval(10, 20)]) == [.confirm(missed)])
    }

    @Test func `What is past is closed, found or not, and not announced`() {
        let old = published(interval(-30, -10))
        #expect(steps([old], []) == [.close(old)])
        #expect(steps([old], [interval(-30, -10)]) == [.close(old)])
        #expect(steps([], [interval(-30, -10)]) == [])
    }

    @Test func `What lies beyond the run cannot be missed`() {
        #expect(steps([published(interval(400, 420))], []) == [])
    }
}
