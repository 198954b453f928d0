// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Camera

@Suite struct V4L2FrameTimingTests {
    private let clock = FakeClock()

    private func time(
        _ timing: V4L2FrameTiming, stamp: V4L2FrameTiming.Stamp?, arrival: MonotonicInstant? = nil
    ) -> FrameTime {
        var converter = MonotonicToUTC(clock: clock)
        return timing.time(stamp: stamp, arrival: arrival ?? clock.monotonic(), converter: &converter)
    }

    @Test func `The middle is half an exposure before the end of the frame`() {
        let timing = V4L2FrameTiming(exposureSeconds: 0.02, frameIntervalSeconds: 0.04)
        let stamp = clock.monotonic().advanced(bySeconds: -0.005)
        let time = time(timing, stamp: .endOfFrame(stamp))
        #expect(time.middleOfExposure == FakeClock.start.advanced(bySeconds: -0.015))
        #expect(time.origin == .driverEndOfFrame)
    }

    @Test func `The middle is half an exposure after its start`() {
        let timing = V4L2FrameTiming(exposureSeconds: 0.02, frameIntervalSeconds: 0.04)
        let stamp = clock.monotonic().advanced(bySeconds: -0.03)
        let time = time(timing, stamp: .startOfExposure(stamp))
        #expect(time.middleOfExposure == FakeClock.start.advanced(bySeconds: -0.02))
        #expect(time.origin == .driverStartOfExposure)
    }

    @Test func `Without a measured latency the error is that of a delay of up to a frame interval`() throws {
        let timing = V4L2FrameTiming(exposureSeconds: 0.02, frameIntervalSeconds: 0.03)
        let error = try #require(time(timing, stamp: .endOfFrame(clock.monotonic())).uncertaintySeconds)
        #expect(abs(error - 0.03 / 3.0.squareRoot()) < 1e-12)
    }

    @Test func `A measured latency is taken off and brings its own error`() throws {
        let latency = V4L2CameraOptions.Latency(seconds: 0.011, uncertaintySeconds: 0.0005)
        let timing = V4L2FrameTiming(exposureSeconds: 0.01, frameIntervalSeconds: 0.04, latency: latency)
        let time = time(timing, stamp: .endOfFrame(clock.monotonic()))
        #expect(time.middleOfExposure == FakeClock.start.advanced(bySeconds: -0.016))
        #expect(time.uncertaintySeconds == 0.0005)
    }

    @Test func `An unknown exposure is half an interval and widens the error`() throws {
        let timing = V4L2FrameTiming(frameIntervalSeconds: 0.04)
        let time = time(timing, stamp: .endOfFrame(clock.monotonic()))
        #expect(time.middleOfExposure == FakeClock.start.advanced(bySeconds: -0.01))
        let expected = (0.04 * 0.04 / 3 + 0.04 * 0.04 / 48).squareRoot()
        #expect(abs(try #require(time.uncertaintySeconds) - expected) < 1e-12)
    }

    @Test func `Nobody knows the error of a camera that says nothing`() {
        #expect(time(V4L2FrameTiming(), stamp: .endOfFrame(clock.monotonic())).uncertaintySeconds == nil)
    }

    @Test(arguments: [-11.0, 0.5, -1000]) func `A stamp without sense gives way to the arrival`(offset: Double) {
        let timing = V4L2FrameTiming(exposureSeconds: 0.02, frameIntervalSeconds: 0.04)
        let stamp = clock.monotonic().advanced(bySeconds: offset)
        let time = time(timing, stamp: .startOfExposure(stamp))
        #expect(time.origin == .hostArrival)
        #expect(time.middleOfExposure == FakeClock.start.advanced(bySeconds: -0.01))
    }

    @Test func `A stamp that runs ahead by less than a frame is believed`() {
        let timing = V4L2FrameTiming(exposureSeconds: 0.02, frameIntervalSeconds: 0.04)
        let time = time(timing, stamp: .endOfFrame(clock.monotonic().advanced(bySeconds: 0.036)))
        #expect(time.origin == .driverEndOfFrame)
        #expect(time.middleOfExposure == FakeClock.start.advanced(bySeconds: 0.026))
    }

    @Test func `A stall is more than an unlucky run of lost frames, and never below a second`() {
        #expect(V4L2FrameTiming(exposureSeconds: 2, frameIntervalSeconds: 2).usualStallSeconds == 8)
        #expect(V4L2FrameTiming(frameIntervalSeconds: 0.01).usualStallSeconds == 1)
        #expect(V4L2FrameTiming(frameIntervalSeconds: 0.125).usualStallSeconds == 1.5)
        #expect(V4L2FrameTiming(exposureSeconds: 0.5, frameIntervalSeconds: 0.5).usualStallSeconds == 3.5)
        #expect(V4L2FrameTiming().usualStallSeconds == 2)
    }
}
