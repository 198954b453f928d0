// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Camera

@Suite struct MonotonicToUTCTests {
    @Test func `An instant of the monotonic clock becomes the UTC of that moment`() {
        let clock = FakeClock()
        var converter = MonotonicToUTC(clock: clock)
        let past = clock.monotonic().advanced(bySeconds: -0.25)
        let (instant, error) = converter.utc(of: past)
        #expect(instant == FakeClock.start.advanced(bySeconds: -0.25))
        #expect(error == 0)
    }

    @Test func `The narrowest bracket counts and half its width is the error`() {
        let clock = FakeClock()
        // Five brackets of two readings; the second reading of each sets the width.
        clock.slowReadings(nanoseconds: [0, 9000, 0, 4000, 0, 600, 0, 80_000, 0, 2000])
        var converter = MonotonicToUTC(clock: clock)
        let (instant, error) = converter.utc(of: clock.monotonic())
        #expect(error == 300e-9)
        // The real-time clock was read at the bracket's beginning, 300 ns before its middle.
        #expect(instant.seconds(since: clock.utc()) == -300e-9)
    }

    @Test func `A step of the real-time clock is followed within a second and counted`() {
        let clock = FakeClock()
        var converter = MonotonicToUTC(clock: clock)
        clock.advance(seconds: 0.5)
        clock.stepUTC(seconds: 3)
        #expect(converter.utc(of: clock.monotonic()).instant == FakeClock.start.advanced(bySeconds: 0.5))
        #expect(converter.stepCount == 0)
        clock.advance(seconds: 0.5)
        #expect(converter.utc(of: clock.monotonic()).instant == FakeClock.start.advanced(bySeconds: 4))
        #expect(converter.stepCount == 1)
        #expect(converter.lastStepSeconds == 3)
        clock.stepUTC(seconds: -0.02)
        clock.advance(seconds: 1)
        #expect(converter.utc(of: clock.monotonic()).instant == clock.utc())
        #expect(converter.stepCount == 2)
        #expect(converter.lastStepSeconds == -0.02)
    }

    @Test func `Clocks that drift apart by microseconds are no step`() {
        let clock = FakeClock()
        var converter = MonotonicToUTC(clock: clock)
        for _ in 0..<10 {
            clock.advance(seconds: 1)
            clock.stepUTC(seconds: 20e-6)
            #expect(converter.utc(of: clock.monotonic()).instant == clock.utc())
        }
        #expect(converter.stepCount == 0)
    }

    @Test func `The machine's own clocks agree to a millisecond`() {
        let clock = SystemHostClock()
        var converter = MonotonicToUTC(clock: clock)
        let before = clock.utc()
        let (instant, error) = converter.utc(of: clock.monotonic())
        let after = clock.utc()
        #expect(instant >= before.advanced(bySeconds: -1e-3 - error))
        #expect(instant <= after.advanced(bySeconds: 1e-3 + error))
    }
}
