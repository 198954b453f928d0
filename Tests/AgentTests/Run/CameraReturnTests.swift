// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import Agent

@Suite struct CameraReturnTests {
    /// Whether the device is there, look after look; the last answer stays.
    private final class Device: Sendable {
        private let answers: Mutex<[Bool]>

        init(_ answers: [Bool]) { self.answers = Mutex(answers) }

        func isThere() -> Bool {
            answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        }
    }

    /// A clock whose sleeps end at once and take their time all the same.
    private final class SkippingClock: Clock {
        private let passed = Mutex(Duration.zero)
        private let start = ContinuousClock.now

        var now: ContinuousClock.Instant { start.advanced(by: passed.withLock { $0 }) }
        var minimumResolution: Duration { .zero }

        func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
            passed.withLock { $0 = max($0, deadline - start) }
        }
    }

    private func wait(
        for answers: [Bool], stop: StopFlag = StopFlag()
    ) async -> (appeared: Bool, passed: Duration) {
        let device = Device(answers)
        let clock = SkippingClock()
        let start = clock.now
        let appeared = await CameraReturn(clock: clock) { device.isThere() }.wait(seconds: 30, until: stop)
        return (appeared, clock.now - start)
    }

    @Test func `A device that appears ends the wait at the next look`() async {
        let result = await wait(for: [false, false, true])
        #expect(result.appeared)
        #expect(result.passed == .milliseconds(200))
    }

    @Test func `A device that goes and comes back has appeared`() async {
        #expect(await wait(for: [true, false, true]).appeared)
    }

    @Test(arguments: [true, false]) func `A device that stays as it is lets the wait run out`(isThere: Bool) async {
        let result = await wait(for: [isThere])
        #expect(!result.appeared)
        #expect(result.passed == .seconds(30))
    }

    @Test func `Who is asked to stop does not wait`() async {
        let stop = StopFlag()
        stop.raise()
        #expect(await wait(for: [false], stop: stop).passed == .zero)
    }
}
