// SPDX-License-Identifier: Apache-2.0

import Camera
import Dispatch
import Glibc
import Synchronization
import UTC

/// A lamp on a GPIO line.
final class PinLamp: Lamp {
    private struct State {
        var pulses: [LightPulse] = []
        var failure: PinError?
        var end: StopFlag?
    }

    private let line: any PinOutput
    private let clock: any HostClock
    private let state = Mutex(State())
    private let playing = DispatchGroup()

    /// Longest sleep: the thread learns this soon that it should end.
    private static let napSeconds = 0.05

    /// A lamp that is dark.
    init(_ line: any PinOutput, clock: any HostClock = SystemHostClock()) {
        self.line = line
        self.clock = clock
    }

    func play(_ plan: PulsePlan) {
        let end = StopFlag()
        state.withLock { $0 = State(end: end) }
        playing.enter()
        // A thread of its own: it sleeps most of the time, and must wake in time.
        let thread = DispatchQueue(label: "timing light", qos: .userInteractive)
        thread.async { [self] in
            follow(plan, until: end)
            playing.leave()
        }
    }

    func stop() throws(PinError) -> [LightPulse] {
        state.withLock { $0.end?.raise() }
        playing.wait()
        try line.set(isActive: false)
        let state = state.withLock { $0 }
        if let failure = state.failure { throw failure }
        return state.pulses
    }

    private func follow(_ plan: PulsePlan, until end: StopFlag) {
        var converter = MonotonicToUTC(clock: clock)
        let start = clock.monotonic()
        do throws(PinError) {
            for stretch in plan.stretches {
                guard sleep(until: start.advanced(bySeconds: stretch.lowerBound), end) else { return }
                let on = try set(true, &converter)
                guard sleep(until: start.advanced(bySeconds: stretch.upperBound), end) else { return }
                let off = try set(false, &converter)
                let pulse = LightPulse(
                    on: on.instant, off: off.instant, errorSeconds: max(on.errorSeconds, off.errorSeconds))
                state.withLock { $0.pulses.append(pulse) }
            }
        } catch {
            state.withLock { $0.failure = error }
        }
    }

    private func set(
        _ isActive: Bool, _ converter: inout MonotonicToUTC
    ) throws(PinError) -> (instant: UTCInstant, errorSeconds: Double) {
        let before = clock.monotonic()
        try line.set(isActive: isActive)
        let width = clock.monotonic().seconds(since: before)
        let converted = converter.utc(of: before.advanced(bySeconds: width / 2))
        return (converted.instant, width / 2 + converted.errorSeconds)
    }

    /// Sleeps; false if it should end.
    private func sleep(until instant: MonotonicInstant, _ end: StopFlag) -> Bool {
        while !end.isRaised {
            let left = instant.seconds(since: clock.monotonic())
            guard left > 0 else { return true }
            usleep(UInt32(min(left, Self.napSeconds) * 1e6))
        }
        return false
    }
}
