// SPDX-License-Identifier: Apache-2.0

import Glibc
import Logging
import NIOPosix
import Synchronization
import Telemetry

/// Watches the lines of roof, rain and pause button: keeps the gate, and tells journal, service manager and monitoring.
final class ViewWatch: Sendable {
    /// Whether frames may be searched.
    let gate = ViewGate()

    /// What is in the way at the moment, the first that an operator should read; nil if the view is clear.
    var obstruction: Obstruction? { journal.withLock { $0.foremost } }

    private let lines: [ViewLine]
    private let pause: Mutex<PauseSwitch>
    private let journal: Mutex<ViewJournal>
    private let logger: Logger
    private let report: ServiceReport

    /// Tenths of a second between attempts to get back a line that has failed, as one on USB that was unplugged.
    private static let retryTenths = 50

    /// Takes the lines and reads them: the gate is right from the beginning.
    ///
    /// - Throws: `PinError` for a line that is missing, busy or forbidden.
    init(
        _ pins: PinsConfiguration, board: any PinBoard, logger: Logger, report: ServiceReport,
        now: Double = SightWatch.now
    ) throws(PinError) {
        var lines: [ViewLine] = []
        if let roof = pins.roof {
            lines.append(
                try ViewLine(.roofClosed, at: roof.whenActive == .closed, roof.line, board, place: "pins.roof"))
        }
        if let rain = pins.rain { lines.append(try ViewLine(.rain, at: true, rain, board, place: "pins.rain")) }
        if let button = pins.pauseButton {
            lines.append(try ViewLine(.paused, at: true, button.line, board, place: "pins.pause_button"))
        }
        pause = Mutex(PauseSwitch(longestSeconds: pins.pauseButton?.longestSeconds ?? 0))
        self.lines = lines
        self.logger = logger
        self.report = report
        journal = Mutex(ViewJournal(watched: Set(lines.map(\.obstruction))))
        // A button that is held while the agent starts is no press.
        for line in lines where line.obstruction != .paused { take(line, line.firstLevel, now: now) }
    }

    /// Follows the lines until `stop` is raised, each on a thread.
    func run(until stop: StopFlag) async {
        guard !lines.isEmpty else { return }
        let threads = NIOThreadPool(numberOfThreads: lines.count)
        threads.start()
        await withTaskGroup(of: Void.self) { group in
            for line in lines {
                group.addTask { try? await threads.runIfActive { self.follow(line, until: stop) } }
            }
        }
        try? await threads.shutdownGracefully()
    }

    /// Figures for monitoring systems.
    func metrics(now: Double = SightWatch.now) -> [Metric] { journal.withLock { $0.metrics(now: now) } }

    /// Follows a line; one that fails keeps its last state and is taken again as soon as it is there.
    private func follow(_ line: ViewLine, until stop: StopFlag) {
        var level = line.firstLevel
        while !stop.isRaised {
            do throws(PinError) {
                try PinWatch(input: line.input).run(
                    from: level, until: stop, tick: { checkPause(line, now: SightWatch.now) }
                ) {
                    level = $0
                    take(line, $0, now: SightWatch.now)
                }
            } catch {
                logger.warning("\(error.of(line.place)); its last state stands until the line is back")
                guard retake(line, until: stop) else { return }
                logger.notice("\(line.place): the line is back")
            }
        }
    }

    /// Tries to take a line again; false if the watch ended before that.
    private func retake(_ line: ViewLine, until stop: StopFlag) -> Bool {
        while true {
            for _ in 0..<Self.retryTenths where !stop.isRaised { usleep(100_000) }
            if stop.isRaised { return false }
            if (try? line.input.retake()) != nil { return true }
        }
    }

    private func take(_ line: ViewLine, _ level: Bool, now: Double) {
        guard line.obstruction == .paused else {
            return tell(line.obstruction, isPresent: level == line.obstructedLevel, now: now)
        }
        guard level else { return }
        let isPaused = pause.withLock { pause in
            pause.press(now: now)
            return pause.isPaused
        }
        tell(.paused, isPresent: isPaused, now: now)
    }

    private func checkPause(_ line: ViewLine, now: Double) {
        guard line.obstruction == .paused else { return }
        let isPaused = pause.withLock { pause in
            pause.check(now: now)
            return pause.isPaused
        }
        tell(.paused, isPresent: isPaused, now: now)
    }

    private func tell(_ obstruction: Obstruction, isPresent: Bool, now: Double) {
        let (sentence, obstruction) = journal.withLock { journal in
            let sentence = journal.take(obstruction, isPresent: isPresent, now: now)
            gate.set(isOpen: journal.foremost == nil)
            return (sentence, journal.foremost)
        }
        if let sentence { logger.notice("\(sentence)") }
        // What is done once nothing is in the way, whoever does it says.
        if sentence != nil, let obstruction { report.say { $0.activity = obstruction.sentence } }
    }
}
