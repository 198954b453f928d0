// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Telemetry
import Testing

@testable import Agent

@Suite struct ServiceReportTests {
    /// A clock that a test sets.
    private final class Clock: Sendable {
        let seconds = Mutex(0.0)
        func advance(_ seconds: Double) { self.seconds.withLock { $0 += seconds } }
    }

    private let clock = Clock()
    private let journal = Journal()
    private let manager: ServiceManager
    private let report: ServiceReport

    init() throws {
        let clock = clock
        manager = try ServiceManager(watchdogSeconds: 30)
        report = ServiceReport(
            notifier: manager.notifier, logger: journal.logger,
            liveness: LivenessMonitor(now: { clock.seconds.withLock { $0 } }))
    }

    @Test func `The watchdog is fed while everything gets on`() {
        report.beat()
        report.promise(.observation, within: 60)
        report.beat()
        clock.advance(59)
        report.beat()
        #expect(manager.heard() == ["WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"])
        #expect(journal.lines.isEmpty)
    }

    @Test(arguments: ServiceReport.Activity.allCases)
    func `One that hangs stops the feeding and is named once, although the others get on`(
        activity: ServiceReport.Activity
    ) {
        report.promise(activity, within: 60)
        for _ in 0..<4 {
            clock.advance(30)
            for other in ServiceReport.Activity.allCases where other != activity { report.promise(other, within: 60) }
            report.beat()
        }
        #expect(manager.heard() == ["WATCHDOG=1", "WATCHDOG=1"])
        #expect(journal.lines.count == 1 && journal.lines[0].hasPrefix("error: \(activity.rawValue) does not get on"))
    }

    @Test func `What gets on again feeds the watchdog again and is said`() {
        report.promise(.storing, within: 60)
        clock.advance(61)
        report.beat()
        report.release(.storing)
        report.beat()
        #expect(manager.heard() == ["WATCHDOG=1"])
        #expect(journal.lines.last == "notice: storing gets on again")
    }

    @Test func `A camera that is waited for with its announced waits is no hang`() {
        for wait in [0.5, 1, 2, 4, 8, 16, 30, 30, 30] {
            report.promise(.observation, within: wait + 60)
            clock.advance(wait)
            report.beat()
        }
        #expect(manager.heard().count == 9)
    }

    @Test func `The status line is sent when it reads differently`() {
        report.say { $0.activity = "watching /dev/video0" }
        report.say { $0.activity = "watching /dev/video0" }
        report.say { $0.framesPerSecond = 29.94 }
        report.say { $0.framesPerSecond = 29.93 }
        report.say { $0.waiting = 3 }
        #expect(
            manager.heard() == [
                "STATUS=watching /dev/video0", "STATUS=watching /dev/video0, 29.9 frames/s",
                "STATUS=watching /dev/video0, 29.9 frames/s, 3 waiting",
            ])
    }

    @Test func `A blind station says why`() {
        var line = StatusLine(activity: "watching /dev/video0", framesPerSecond: 25, waiting: 0)
        line.blindness = "blind: the picture is black; open the cover"
        #expect(line.text == "watching /dev/video0, 25.0 frames/s; blind: the picture is black; open the cover")
    }
}
