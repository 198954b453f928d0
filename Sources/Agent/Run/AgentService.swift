// SPDX-License-Identifier: Apache-2.0

import Glibc
import Logging
import NIOPosix
import Settings
import Telemetry

/// The agent as a service: camera → detection → VOEvent → outbox → broker, until it is told to stop.
public struct AgentService: Sendable {
    /// Reads the configuration again.
    public typealias Reload = @Sendable () throws(ConfigurationError) -> AgentConfiguration

    private let configuration: AgentConfiguration
    private let logger: Logger
    private let notifier: ServiceNotifier
    private let reload: Reload?
    private let pinBoard: any PinBoard

    /// A service that does not run yet.
    ///
    /// - Parameters:
    ///   - configuration: who, where, what and how.
    ///   - logger: the journal.
    ///   - notifier: the service manager.
    ///   - reload: what SIGHUP does; nil if the configuration comes from nowhere that could be read again.
    ///   - pinBoard: where GPIO lines come from.
    public init(
        configuration: AgentConfiguration, logger: Logger, notifier: ServiceNotifier = ServiceNotifier(),
        reload: Reload? = nil, pinBoard: any PinBoard = GPIOBoard()
    ) {
        self.configuration = configuration
        self.logger = logger
        self.notifier = notifier
        self.reload = reload
        self.pinBoard = pinBoard
    }

    /// Runs until SIGTERM or SIGINT. With recordings or a simulated scene it ends by itself, after the last frame,
    /// when the broker has the events or was given a minute to take them.
    ///
    /// - Throws: `OutboxError` if the outbox cannot be used, `DetectionError` for impossible settings, `PinError`
    ///   if a GPIO line is missing or busy, `CameraError` if a recording cannot be read. A camera that is not there is
    ///   no reason to end: it is waited for.
    public func run() async throws {
        try await run(signals: ServiceSignals().stream)
    }

    /// Runs until one of these signals ends it.
    func run(signals: AsyncStream<Int32>) async throws {
        let outbox = try Outbox.open(configuration.outbox.directory, limits: configuration.outbox.limits)
        for notice in outbox.recoveryNotices { logger.warning("outbox: \(notice)") }
        // Before the service is ready: what nobody can repair but the operator is a failed start.
        let missing = PinCheck.problems(configuration.pins, board: pinBoard)
        for problem in missing.dropFirst() { logger.error("\(problem)") }
        if let first = missing.first { throw first }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let report = ServiceReport(notifier: notifier, logger: logger)
        let station = RunningStation(
            outbox: outbox, eventLoopGroup: group, report: report,
            sight: SightWatch(logger: logger, report: report, metricsPath: SightWatch.metricsPath()),
            unstored: UnstoredAlerts(), pinBoard: pinBoard,
            gaps: GapRecord(
                file: configuration.camera.kind == .file
                    ? nil : GapFile(besideOutbox: configuration.outbox.directory), logger: logger))
        notifier.ready()
        let result: Result<Void, any Error>
        do {
            result = .success(try await run(station, signals))
        } catch {
            result = .failure(error)
        }
        notifier.stopping()
        station.gaps.end()
        try? await group.shutdownGracefully()
        try await station.requireEverythingStored()
        try result.get()
    }

    /// Runs one configuration after the other until the frames end or a signal comes.
    private func run(_ station: RunningStation, _ signals: AsyncStream<Int32>) async throws {
        let control = RunControl()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await StartPages.release() }
            group.addTask { await station.report.run() }
            group.addTask { await obey(signals, control) }
            defer { group.cancelAll() }
            var present = configuration
            var last: AgentConfiguration?
            while true {
                var logger = logger
                logger.logLevel = present.log.loggerLevel
                logger.info("psws-agent \(AgentVersion.number) watches \(present.target.rawValue)")
                do {
                    try await station.run(present, logger: logger, until: control.beginRound())
                } catch let error as PinError {
                    // Whether a line can be taken shows only when the configuration before has given its own back.
                    guard let before = last else { throw error }
                    logger.error("\(error)")
                    logger.error("the new configuration has pins that cannot be taken: the one before goes on")
                    (present, last) = (before, nil)
                    continue
                }
                guard let next = control.takeNext() else { return }
                station.gaps.begin(.reload, "the configuration was read again")
                (present, last) = (next, present)
                notifier.ready()
            }
        }
    }

    private func obey(_ signals: AsyncStream<Int32>, _ control: RunControl) async {
        for await number in signals {
            if number == SIGHUP {
                readAgain(control)
            } else if control.end() {
                logger.info("signal \(number): ending; a second one ends at once")
            } else {
                // A pipe that nobody writes to lets nothing go: who asks twice does not want to wait for it. What is in
                // the outbox is safe.
                _exit(128 + number)
            }
        }
    }

    /// Takes a new configuration, or keeps the present one if the new one has mistakes.
    private func readAgain(_ control: RunControl) {
        guard let reload else {
            logger.warning("there is no configuration file to read again")
            return
        }
        notifier.reloading()
        do {
            var next = try reload()
            if next.outbox != configuration.outbox {
                logger.warning("the section outbox has changed; that takes effect when the agent is restarted")
                next.outbox = configuration.outbox
            }
            logger.notice("the configuration was read again and is applied")
            control.goOn(with: next)
        } catch {
            for mistake in error.mistakes { logger.error("\(error.file):\(mistake)") }
            logger.error("the new configuration has mistakes: the agent keeps the one that it has")
            notifier.ready()
        }
    }
}
