// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import Telemetry

@Suite struct LivenessMonitorTests {
    /// A clock that a test sets.
    private final class Clock: Sendable {
        private let time = Mutex(100.0)
        var seconds: Double {
            get { time.withLock { $0 } }
            set { time.withLock { $0 = newValue } }
        }
    }

    private let clock = Clock()
    private let monitor: LivenessMonitor

    init() {
        let clock = clock
        monitor = LivenessMonitor(now: { clock.seconds })
    }

    @Test func `Who promised nothing is not missed`() {
        clock.seconds += 1e9
        #expect(monitor.overdue.isEmpty)
    }

    @Test func `A promise holds to its end and is missed after it`() {
        monitor.promise("camera", within: 10)
        clock.seconds += 10
        #expect(monitor.overdue.isEmpty)
        clock.seconds += 2
        #expect(monitor.overdue == [LivenessMonitor.Overdue(activity: "camera", seconds: 2)])
    }

    @Test func `Each new promise takes the place of the last, a shorter one too`() {
        monitor.promise("camera", within: 10)
        clock.seconds += 9
        monitor.promise("camera", within: 100)
        clock.seconds += 99
        #expect(monitor.overdue.isEmpty)
        monitor.promise("camera", within: 0.5)
        clock.seconds += 0.6
        #expect(monitor.overdue.map(\.activity) == ["camera"])
    }

    @Test func `One that hangs is not hidden by others that get on`() {
        monitor.promise("outbox", within: 5)
        monitor.promise("camera", within: 5)
        clock.seconds += 4
        monitor.promise("camera", within: 5)
        clock.seconds += 4
        #expect(monitor.overdue.map(\.activity) == ["outbox"])
        clock.seconds += 4
        #expect(monitor.overdue.map(\.activity) == ["camera", "outbox"])
    }

    @Test func `What is released or gets on again is missed no more`() {
        monitor.promise("camera", within: 5)
        monitor.promise("delivery", within: 5)
        clock.seconds += 6
        monitor.release("delivery")
        monitor.promise("camera", within: 5)
        #expect(monitor.overdue.isEmpty)
        clock.seconds += 6
        #expect(monitor.overdue.map(\.activity) == ["camera"])
    }

    @Test func `The usual clock does not go back`() {
        let first = LivenessMonitor.secondsAwake()
        #expect(LivenessMonitor.secondsAwake() >= first)
    }
}
